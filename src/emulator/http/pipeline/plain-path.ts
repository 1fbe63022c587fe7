/**
 * A path as the routes name it: a doubled slash is one, and the keys of OData in brackets, as in `directoryRoles(roleTemplateId='…')`, are a part
 * of the path like any other.
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
