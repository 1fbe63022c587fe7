// Measures the emulator as it is shipped: how long it takes to start, and how many simple reads a
// second one process answers. node test/emulator/bench.mjs [seconds]
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { Pool } from "undici";

const seconds = Number(process.argv[2] ?? 3);
const folder = mkdtempSync(join(tmpdir(), "emulator-bench-"));
const program = join(folder, "emulator.mjs");
const start =
  'import { startEmulator } from "./src/emulator/emulator.ts"; console.log((await startEmulator({ quirks: { throttle: { perMinute: 0 } } })).url);';
await build({
  stdin: { contents: start, resolveDir: process.cwd() },
  bundle: true,
  format: "esm",
  platform: "node",
  outfile: program,
  logLevel: "error",
  banner: {
    js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
  },
});

const starts = [];
for (let index = 0; index < 5; index += 1) starts.push(await timedStart());
const { url, child } = await started();
const pool = new Pool(url, { connections: 20 });
const token = await signIn();
const headers = { authorization: `Bearer ${token}`, accept: "application/json" };
const customer = await newCustomer();
console.log(
  `start, in milliseconds: ${starts
    .map(Math.round)
    .sort((a, b) => a - b)
    .join(" ")}`,
);
for (const path of [
  "/v1/offercategories?country=CN",
  `/v1/customers/${customer}`,
  `/v1/customers/${customer}/subscriptions`,
  "/v1/offers?country=CN",
]) {
  console.log(`${path.replace(customer, "*")}: ${Math.round(await rate(path))} a second`);
}
await pool.close();
child.kill();
rmSync(folder, { recursive: true });

function started() {
  const child = spawn(process.execPath, [program], { stdio: ["ignore", "pipe", "inherit"] });
  return new Promise((resolve) =>
    child.stdout.once("data", (text) => resolve({ url: text.toString().trim(), child })),
  );
}

async function timedStart() {
  const begun = performance.now();
  const { child } = await started();
  const taken = performance.now() - begun;
  child.kill();
  return taken;
}

async function signIn() {
  const form = {
    grant_type: "client_credentials",
    client_id: "6baccf25-558c-5fab-8c6e-3ce03d3ba3c7",
    client_secret: "emulator-secret",
    resource: "https://partner.partnercenterapi.microsoftonline.cn",
  };
  const reply = await fetch(`${url}/contosopartner.partner.onmschina.cn/oauth2/token`, {
    method: "POST",
    body: new URLSearchParams(form),
  });
  return (await reply.json()).access_token;
}

async function newCustomer() {
  const defaultAddress = {
    country: "CN",
    city: "Beijing",
    state: "BJ",
    addressLine1: "No. 5 Example Street",
    postalCode: "100080",
  };
  const body = {
    companyProfile: { domain: "bench.partner.onmschina.cn" },
    billingProfile: {
      email: "a@b.example",
      culture: "zh-CN",
      language: "zh-CHS",
      companyName: "Bench",
      defaultAddress,
    },
  };
  const reply = await fetch(`${url}/v1/customers`, {
    method: "POST",
    headers: { ...headers, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  return JSON.parse((await reply.text()).replace(/^\uFEFF/, "")).id;
}

async function rate(path) {
  const until = performance.now() + seconds * 1000;
  let done = 0;
  const ask = async () => {
    while (performance.now() < until) {
      const { statusCode, body } = await pool.request({ method: "GET", path, headers });
      await body.dump();
      if (statusCode !== 200) throw new Error(`${path} answers ${statusCode}`);
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: 20 }, ask));
  return done / seconds;
}
