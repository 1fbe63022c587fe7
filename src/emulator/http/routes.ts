import { absentRoutes } from "./partner-center/unavailable-routes.ts";
import { beyondRoutes } from "./partner-center/global-only-routes.ts";
import { cartRoutes } from "./partner-center/carts.ts";
import { directoryRoutes } from "./graph/directory.ts";
import { circleRoutes } from "./graph/groups-and-roles.ts";
import { customerRoutes } from "./partner-center/customers.ts";
import { invoiceRoutes } from "./partner-center/invoices.ts";
import { featuredRoutes, offerRoutes } from "./partner-center/offers.ts";
import { orderRoutes } from "./partner-center/orders.ts";
import { productRoutes } from "./partner-center/products.ts";
import { profileRoutes } from "./partner-center/profiles.ts";
import type { Route } from "./pipeline/route.ts";
import { subscriptionRoutes } from "./partner-center/subscriptions.ts";
import { upgradeRoutes } from "./partner-center/upgrades.ts";
import { userRoutes } from "./graph/users.ts";
import { webhookRoutes } from "./webhooks/webhooks.ts";

/** The routes of Partner Center. */
export const partnerCenter: readonly Route[] = [
  ...profileRoutes,
  ...customerRoutes,
  ...offerRoutes,
  ...featuredRoutes,
  ...productRoutes,
  ...orderRoutes,
  ...subscriptionRoutes,
  ...upgradeRoutes,
  ...cartRoutes,
  ...invoiceRoutes,
  ...webhookRoutes,
  ...beyondRoutes,
  ...absentRoutes,
];
/** The routes of Microsoft Graph. */
export const graph: readonly Route[] = [...userRoutes, ...circleRoutes, ...directoryRoutes];
