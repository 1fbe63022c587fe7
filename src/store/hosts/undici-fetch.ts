// The bundler gives a dynamic import of CommonJS only `default`. This module provides the names.
export { fetch, ProxyAgent } from "undici";
