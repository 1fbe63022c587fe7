/* Generated from schemas/catalog-customization.schema.json by `node schemas/generate.mjs`. */

/**
 * The offers at the top of the catalogue that the partner's sales agents see. There is exactly one; it is set manually in the portal, for which a plan lists the steps.
 */
export type CatalogCustomization = {
  /**
   * The version of the manifest format.
   */
  apiVersion: "partnercenter/v1";
  /**
   * Always CatalogCustomization.
   */
  kind: "CatalogCustomization";
  metadata?: CatalogCustomizationMetadata;
  spec: CatalogCustomizationSpec;
};
/**
 * Who this is; a singleton needs none.
 */
export type CatalogCustomizationMetadata = {
  /**
   * A name for people; the address of this object is always CatalogCustomization.
   */
  name?: string;
  /**
   * Pins the backend's own id of this object; export writes it. It then is this object, whatever its name and key.
   */
  id?: string;
  /**
   * Names or keys this object was declared under before, so that a rename is not taken for a new object.
   *
   * Items: An earlier name or key.
   */
  previously?: string[];
  /**
   * Refuse every change of this object that cannot be undone. The ledger remembers it: where the word is gone from the manifest, the plan shows that as a change of its own (unprotect), which takes --allow protected and a reason, and nothing that cannot be undone is planned before it was applied.
   */
  protect?: boolean;
};
/**
 * What the catalogue shows first.
 */
export type CatalogCustomizationSpec = {
  /**
   * At most five offers, in the order in which they are shown: each an offer that exists, can be bought and is no add-on. An empty list features none.
   *
   * @maxItems 5
   *
   * Items: An offer: its id, or the name the settings give it.
   */
  featuredOffers: string[];
};
