/** A request and its outcome. */
export interface LoggedRequest {
  readonly number: number;
  readonly at: string;
  readonly method: string;
  readonly url: string;
  readonly requestId?: string;
  readonly correlationId?: string;
  /**
   * The status of the response, or the status it would have had without the fault. Undefined if the
   * request never got that far.
   */
  status?: number;
  principal?: "app" | "user";
  fault?: string;
}

/** The number of requests since the start or since the log was cleared. */
export interface RequestCounts {
  readonly total: number;
  readonly byMethod: Readonly<Record<string, number>>;
  /** By method and path. Ids, user principal names and domains are replaced by `*`. */
  readonly byRoute: Readonly<Record<string, number>>;
}

/**
 * Logs every request except those to the control routes. Counts all of them and keeps the last
 * 100,000.
 */
export interface RequestLog {
  add(request: Omit<LoggedRequest, "number">): LoggedRequest;
  list(): readonly LoggedRequest[];
  counts(): RequestCounts;
  clear(): void;
}

const kept = 100_000;

/** Creates an empty log. */
export function requestLog(): RequestLog {
  let entries: LoggedRequest[] = [];
  let total = 0;
  const byMethod = new Map<string, number>();
  const byRoute = new Map<string, number>();
  return {
    add: (request) => {
      total += 1;
      const entry = { number: total, ...request };
      count(byMethod, request.method);
      count(byRoute, `${request.method} ${routeOf(request.url)}`);
      entries.push(entry);
      if (entries.length >= 2 * kept) entries = entries.slice(-kept);
      return entry;
    },
    list: () => entries.slice(-kept),
    counts: () => ({
      total,
      byMethod: Object.fromEntries(byMethod),
      byRoute: Object.fromEntries(byRoute),
    }),
    clear: () => {
      entries = [];
      total = 0;
      byMethod.clear();
      byRoute.clear();
    },
  };
}

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

function routeOf(url: string): string {
  return url
    .replace(/\?.*$/s, "")
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}|[^/]*@[^/]*|(?<=\/domains\/)[^/]+/gi, "*");
}
