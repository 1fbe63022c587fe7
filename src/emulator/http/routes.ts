import { absentRoutes } from "./absent.ts";
import { beyondRoutes } from "./beyond.ts";
import { cartRoutes } from "./carts.ts";
import { circleRoutes } from "./circles.ts";
import { customerRoutes } from "./customers.ts";
import { offerRoutes } from "./offers.ts";
import { orderRoutes } from "./orders.ts";
import { productRoutes } from "./products.ts";
import { profileRoutes } from "./profiles.ts";
import type { Route } from "./route.ts";
import { subscriptionRoutes } from "./subscriptions.ts";
import { upgradeRoutes } from "./upgrades.ts";
import { userRoutes } from "./users.ts";
import { webhookRoutes } from "./webhooks.ts";

/** The doors of Partner Center. */
export const partnerCenter: readonly Route[] = [
  ...profileRoutes,
  ...customerRoutes,
  ...offerRoutes,
  ...productRoutes,
  ...orderRoutes,
  ...subscriptionRoutes,
  ...upgradeRoutes,
  ...cartRoutes,
  ...webhookRoutes,
  ...beyondRoutes,
  ...absentRoutes,
];
/** The doors of Microsoft Graph. */
export const graph: readonly Route[] = [...userRoutes, ...circleRoutes];
