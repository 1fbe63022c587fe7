// The bundler gives a dynamic import of CommonJS nothing but `default`; a module of our own has the names.
export { Agent, ProxyAgent, request } from "undici";
