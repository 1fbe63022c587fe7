import type { Kind } from "../model/kind.ts";
import { catalogCustomization } from "./catalog-customization.ts";
import { customer } from "./customer.ts";
import { offer } from "./offer.ts";
import { partnerProfile } from "./partner-profile.ts";
import { subscription } from "./subscription.ts";
import { user } from "./user.ts";

/** Every kind, in display order. */
export const kinds: readonly Kind[] = [
  partnerProfile,
  user,
  catalogCustomization,
  customer,
  subscription,
  offer,
];
