/** An address that nobody has, as Partner Center takes it and as manifests hold it. */
export const beijing = {
  country: "CN",
  region: "Haidian",
  city: "Beijing",
  state: "BJ",
  addressLine1: "No. 5 Example Street",
  postalCode: "100080",
} as const;

/** Another. */
export const suzhou = {
  country: "CN",
  city: "Suzhou",
  state: "JS",
  addressLine1: "No. 218 Xinghu Street",
  postalCode: "215123",
} as const;
