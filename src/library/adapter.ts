/**
 * For writing an adapter for another backend: its types and errors, addresses, and the system
 * clock.
 */
export type { AdapterContext, AdapterFactory } from "../adapters/factory.ts";
export { systemClock } from "../adapters/system-clock.ts";
export {
  type Adapter,
  AdapterError,
  type Problem,
  type Query,
  type Reader,
  type Support,
  type Times,
  type WriteContext,
} from "../model/adapter.ts";
export { type Address, address, kindOf, nameOf } from "../model/address.ts";
export type { Clock } from "../model/clock.ts";
export type { Credential } from "../model/credential.ts";
export type { Observed } from "../model/observed.ts";
export type { Change } from "../model/plan/plan.ts";
export type { Json, Spec } from "../model/values/json.ts";
export type { Pointer } from "../model/values/pointer.ts";
