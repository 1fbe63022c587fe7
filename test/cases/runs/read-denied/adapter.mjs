/** A backend that lets nobody in. */
export function adapter() {
  const fail = () => {
    throw Object.assign(new Error("the sign-in was refused"), {
      name: "AdapterError",
      problem: "denied",
    });
  };
  return { name: "denied", supports: {}, account: fail, read: fail, write: fail };
}
