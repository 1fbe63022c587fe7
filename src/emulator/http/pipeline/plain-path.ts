/**
 * Rewrites a URL to match the routes: repeated slashes become one, and an OData key such as
 * `directoryRoles(roleTemplateId='…')` becomes a path segment. The query does not change.
 */
export function plainPath(url: string): string {
  const at = url.indexOf("?");
  const [path, query] = at < 0 ? [url, ""] : [url.slice(0, at), url.slice(at)];
  const keyed = path.replace(
    /\((?:(\w+)=)?(?:'|%27)([^/'%()]*)(?:'|%27)\)/gi,
    (_, name, key) => `/${name === undefined ? "" : `${name}=`}${key}`,
  );
  return keyed.replace(/\/{2,}/g, "/") + query;
}
