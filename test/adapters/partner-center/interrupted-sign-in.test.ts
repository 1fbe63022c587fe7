import { expect, onTestFinished, test } from "vitest";
import type { Adapter } from "../../../src/model/adapter.ts";
import { folder } from "../changes.ts";
import { type Answer, open, type Server, serve, tokenReply } from "./server.ts";

const none = (): Answer => ({ status: 200, body: { totalCount: 0, items: [] } });

async function served(token: () => Answer | Promise<Answer>): Promise<{
  readonly server: Server;
  readonly adapter: Adapter & { close(): Promise<void> };
}> {
  const server = await serve(none, token);
  const adapter = open(server.url, folder());
  onTestFinished(async () => {
    // Waits for requests that nobody aborted.
    await adapter.close();
    await server.close();
  });
  return { server, adapter };
}

async function customers(adapter: Adapter, signal: AbortSignal): Promise<number> {
  let count = 0;
  for await (const _ of adapter.read({ kind: "Customer" }, signal)) count += 1;
  return count;
}

const forever = new Promise<Answer>(() => {});

test.each([
  ["an application's", (adapter: Adapter, signal: AbortSignal) => customers(adapter, signal)],
  ["a user's", (adapter: Adapter, signal: AbortSignal) => adapter.account(signal)],
])("an interruption ends %s sign-in that the authority does not answer", async (_, work) => {
  const { adapter, server } = await served(() => forever);
  const stop = new AbortController();
  const running = work(adapter, stop.signal);
  await expect.poll(() => server.tokenRequests.length, { timeout: 20_000 }).toBe(1);
  stop.abort(new Error("stopped by the test"));
  await expect(running).rejects.toThrow("stopped by the test");
});

test("who is interrupted does not interrupt others that wait for the same token", async () => {
  let answer: (given: Answer) => void = () => {};
  const { adapter, server } = await served(() => new Promise<Answer>((done) => (answer = done)));
  const stop = new AbortController();
  const stopped = customers(adapter, stop.signal);
  const other = customers(adapter, new AbortController().signal);
  await expect.poll(() => server.tokenRequests.length, { timeout: 20_000 }).toBe(1);
  stop.abort(new Error("stopped by the test"));
  await expect(stopped).rejects.toThrow("stopped by the test");
  answer(tokenReply());
  expect(await other).toBe(0);
  expect(server.tokenRequests).toHaveLength(1);
});

test("a sign-in that was interrupted is begun anew by the next request", async () => {
  let isLate = true;
  const { adapter, server } = await served(() => (isLate ? forever : tokenReply()));
  const stop = new AbortController();
  const stopped = customers(adapter, stop.signal);
  await expect.poll(() => server.tokenRequests.length, { timeout: 20_000 }).toBe(1);
  stop.abort(new Error("stopped by the test"));
  await expect(stopped).rejects.toThrow("stopped by the test");
  isLate = false;
  expect(await customers(adapter, new AbortController().signal)).toBe(0);
});
