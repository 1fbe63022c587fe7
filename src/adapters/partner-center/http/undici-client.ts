// In the bundle, a dynamic import of a CommonJS package has only `default`. This module has the
// named exports.
export { Agent, ProxyAgent, request } from "undici";
