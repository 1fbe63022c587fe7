#!/usr/bin/env node
import module from "node:module";
import { setFlagsFromString } from "node:v8";
import { finish, watchStreams, writeResult } from "./output/streams.ts";

declare const PARTNERCTL_VERSION: string | undefined;

const version = typeof PARTNERCTL_VERSION === "string" ? PARTNERCTL_VERSION : "0.0.0";
const argv = process.argv.slice(2);

watchStreams();
if (argv[0] === "--version" || argv[0] === "-V") {
  writeResult(`${version}\n`);
  process.exitCode = await finish(0);
} else if (argv[0] === "complete") {
  const { complete } = await import("./completion/complete.ts");
  writeResult(await complete(argv.slice(1)));
  process.exitCode = await finish(0);
} else {
  (module as { enableCompileCache?: () => void }).enableCompileCache?.();
  const engine = Number.parseInt(process.versions.v8, 10);
  // Delays optimization by V8: most runs are too short to benefit. The budget is seven times the
  // default. Only Node.js 20 has the flag; other versions would print a warning.
  if (engine === 11) setFlagsFromString("--interrupt-budget=1000000");
  // Collects garbage earlier: a fifth less memory without a measurable slowdown.
  if (engine <= 13) setFlagsFromString("--heap-growing-percent=40");
  const { main } = await import("./main.ts");
  process.exitCode = await main(argv, version);
}
