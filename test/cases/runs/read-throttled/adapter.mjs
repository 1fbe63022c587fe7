/** A backend that has had enough after one user. */
export function adapter() {
  const support = {
    verbs: ["create", "update", "remove"],
    readable: [""],
    writable: [""],
    repeatable: [],
  };
  return {
    name: "throttled",
    supports: { User: support },
    account: async () => ({ id: "account" }),
    async *read() {
      yield {
        kind: "User",
        id: "1",
        key: "a@example.cn",
        spec: { userPrincipalName: "a@example.cn" },
      };
      throw Object.assign(new Error("too many requests"), {
        name: "AdapterError",
        problem: "throttled",
      });
    },
    write: async () => undefined,
  };
}
