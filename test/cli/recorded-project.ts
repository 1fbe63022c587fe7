import { expect } from "vitest";
import { folderWith, settings, users } from "./binary.ts";
import { partnerctl } from "./one-process.ts";

/** A project that was applied once: one user was made, of the other the reply was lost. */
export async function recordedProject(): Promise<{ readonly place: string; readonly run: string }> {
  const place = folderWith({
    "partnerctl.yaml": settings(
      { lag: 600, lostReplies: { kind: "User", verb: "create", nth: 1 } },
      { parallelism: 1 },
    ),
    "manifests/users.yaml": users("li-wei", "wang-fang"),
  });
  const args = ["apply", "--yes", "--actor", "li.wei@contoso.example", "--format", "json"];
  const { status, stdout } = await partnerctl(place, args);
  const { run, results } = JSON.parse(stdout);
  expect([status, results[0]]).toMatchObject([3, { change: "User/li-wei#1", status: "unknown" }]);
  return { place, run };
}
