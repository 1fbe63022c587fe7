const documented = [
  "grant_type",
  "client_id",
  "client_secret",
  "client_assertion_type",
  "client_assertion",
  "refresh_token",
  "code",
  "code_verifier",
  "redirect_uri",
];

/** Converts MSAL's form to that of the v1 endpoint: `resource`, and `scope` only for a user. */
export function toFirstForm(body: string): string {
  const given = new URLSearchParams(body);
  const form = new URLSearchParams([...given].filter(([name]) => documented.includes(name)));
  const scopes = given.get("scope")?.split(" ") ?? [];
  form.set("resource", scopes.find((one) => one.includes("://"))?.replace(/\/[^/]*$/, "") ?? "");
  if (form.has("refresh_token")) form.set("scope", "openid");
  return form.toString();
}
