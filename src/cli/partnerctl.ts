#!/usr/bin/env node
import module from "node:module";

declare const PARTNERCTL_VERSION: string | undefined;

const version = typeof PARTNERCTL_VERSION === "string" ? PARTNERCTL_VERSION : "0.0.0";
const argv = process.argv.slice(2);

if (argv[0] === "--version" || argv[0] === "-V") {
  process.stdout.write(`${version}\n`);
} else {
  (module as { enableCompileCache?: () => void }).enableCompileCache?.();
  const { main } = await import("./main.ts");
  process.exitCode = await main(argv, version);
}
