// Makes the package's types, one file an entry (dist/types), and the report of what each entry
// exports (api).
//   npm run api             writes both
//   npm run api -- --check  writes the types alone; fails where a report is not what the sources
//                           say
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { CompilerState, Extractor, ExtractorConfig } from "@microsoft/api-extractor";
import { library } from "./entries.mjs";

const root = resolve(import.meta.dirname, "..");
const keeps = !process.argv.includes("--check");
const made = mkdtempSync(join(root, ".types-"));
try {
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  execFileSync(process.execPath, [tsc, "-p", join(root, "tsconfig.build.json"), "--outDir", made], {
    stdio: "inherit",
  });
  mkdirSync(join(root, "api"), { recursive: true });
  const entries = Object.entries(library).map(([name, source]) => [name, entryOf(source)]);
  const configs = entries.map(([name, entry]) => configOf(name, entry));
  // All entries are read once: that takes most of the time.
  const additionalEntryPoints = entries.map(([, entry]) => entry);
  const compilerState = CompilerState.create(configs[0], { additionalEntryPoints });
  const results = configs.map((config) =>
    Extractor.invoke(config, { localBuild: keeps, compilerState, messageCallback: tell }),
  );
  const old = results
    .filter(({ apiReportChanged }) => apiReportChanged)
    .map(({ extractorConfig }) => relative(root, extractorConfig.reportFilePath));
  if (old.length > 0)
    console.error(
      `${keeps ? "Brought up to date" : "Not what the sources export; npm run api writes it"}: ${old.join(", ")}`,
    );
  if (results.some(({ succeeded }) => !succeeded)) process.exitCode = 1;
} finally {
  rmSync(made, { recursive: true, force: true });
}

function entryOf(source) {
  return join(made, relative("src", source).replace(/\.ts$/, ".d.ts"));
}

function configOf(name, entry) {
  const compilerOptions = {
    target: "es2023",
    lib: ["es2023"],
    module: "nodenext",
    types: ["node"],
    strict: true,
    skipLibCheck: true,
  };
  const configObject = {
    projectFolder: root,
    mainEntryPointFilePath: entry,
    compiler: { overrideTsconfig: { compilerOptions, files: [entry] } },
    apiReport: {
      enabled: true,
      reportFileName: `${name}.api.md`,
      reportFolder: join(root, "api"),
      reportTempFolder: made,
    },
    docModel: { enabled: false },
    dtsRollup: { enabled: true, untrimmedFilePath: join(root, "dist/types", `${name}.d.ts`) },
    tsdocMetadata: { enabled: false },
    newlineKind: "lf",
    // Comments are for people, and what an entry needs without naming it is in its file.
    messages: { extractorMessageReporting: { default: { logLevel: "none" } } },
  };
  return ExtractorConfig.prepare({ configObject, packageJsonFullPath: join(root, "package.json") });
}

function tell(message) {
  message.handled = true;
  if (message.logLevel === "error") console.error(message.text);
}
