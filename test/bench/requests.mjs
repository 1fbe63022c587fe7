// What an idle plan, a plan of 100 changes, a narrowed plan and an export of C customers with five
// subscriptions each cost in requests, time and memory, counted by the emulator, beside the floor:
// what the service forces whoever asks for it. npm run bench:requests [-- --counts 10,100,1000 |
// --full (10,000 too)]
import { execFileSync, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { measure } from "./measure.mjs";

const { values } = parseArgs({
  options: {
    full: { type: "boolean", default: false },
    counts: { type: "string" },
    program: { type: "string", default: join(import.meta.dirname, "../../dist/partnerctl.js") },
  },
});
const program = resolve(values.program);
const counts = (values.counts ?? (values.full ? "10,100,1000,10000" : "10,100,1000"))
  .split(",")
  .map(Number);
const perMinute = 500;
const subscriptions = 5;
const folder = mkdtempSync(join(tmpdir(), "partnerctl-requests-"));
const rows = [];

try {
  for (const count of counts) await measured(count);
  console.log(table(rows));
  console.log(`
Floor: what the documents leave no way around. No list of the tenant's subscriptions, so one list a customer (C); the list of customers has no billing
profiles, so one reading a customer (C) where manifests manage them; pages of 500 customers; 4 profiles; 1 list of offers; 1 list of users; 3 agent groups
found by name and 3 read; 1 list of activated directory roles, and 1 reading for each of them that is managed. A narrowed plan: 1 list of offers, and of each
customer it is about that customer (a ledger or a pin knows its id; else 1 search by domain) and its subscriptions. A change of a quantity: read, PATCH.
What an apply takes is also what its plan said it would, or this stops. Signing in is not counted.
Floor of time: those requests at ${perMinute} a minute, the tenant's limit; the time beside it was taken without a limit, so it is the tool's and the emulator's own.`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function measured(count) {
  const { url, child, known } = await emulator();
  const project = join(folder, `project-${count}`);
  const env = {
    PARTNERCTL_ALLOWED_HOSTS: "127.0.0.1",
    SECRET: known.clientSecret,
    REFRESH: known.refreshToken,
  };
  const run = (what, { args, floor, expected = [0] }) => {
    const { wall, peak, stdout } = measure({
      command: [process.execPath, program, ...args],
      cwd: project,
      env,
      expected,
    });
    return counted(url).then((requests) => {
      rows.push({ customers: count, what, requests, floor, wall, peak });
      console.error(`${count} customers, ${what}: ${requests} of ${floor}, ${wall.toFixed(1)} s`);
      return stdout;
    });
  };
  try {
    settle(project, { url, known });
    await fill(url, { count, known });
    const common = 4 + 1 + 1 + 6 + 1 + 1;
    const whole = common + Math.ceil(count / 500) + 2 * count;
    await run("export", { args: ["export", "--out", "manifests"], floor: whole });
    await run("idle plan", { args: ["plan", "--detailed-exitcode"], floor: whole });
    commit(project);
    const { changed, files } = revise(join(project, "manifests"), 100);
    const planned = JSON.parse(
      await run(`plan of ${changed} changes`, {
        args: ["plan", "--out", "plan.json", "--format", "json"],
        floor: whole,
      }),
    );
    const [{ address } = {}] = planned.changes;
    if (planned.changes.length !== changed)
      throw new Error(`${planned.changes.length} changes instead of ${changed}`);
    await run("plan --only one of them", { args: ["plan", "--only", address], floor: 3 });
    await run("plan --only its customer", { args: ["plan", "--only", ownerOf(address)], floor: 3 });
    await run(`plan --since, ${files} files`, {
      args: ["plan", "--since", "HEAD"],
      floor: 1 + 2 * files,
    });
    await run(`apply of ${changed} changes`, {
      args: ["apply", "plan.json", "--yes"],
      floor: 2 * changed,
    });
    const { reads, writes } = planned.forecast;
    if (rows.at(-1).requests !== reads + writes)
      throw new Error(`forecast ${reads} + ${writes}, sent ${rows.at(-1).requests}`);
  } finally {
    child.kill();
  }
}

function emulator() {
  const child = spawn(
    process.execPath,
    [program, "emulator", "--port", "0", "--format", "json", "--quirks", "none"],
    {
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  return new Promise((resolve) =>
    child.stdout.once("data", (text) =>
      resolve({ url: JSON.parse(text).url, known: JSON.parse(text), child }),
    ),
  );
}

/** Those since the last time, but for tokens. */
async function counted(url) {
  // While a command ran, this process stood still, and a connection it kept may have been closed.
  const ask = (path, init) => fetch(url + path, init).catch(() => fetch(url + path, init));
  const { byRoute } = await (await ask("/_emulator/requests?counts")).json();
  await ask("/_emulator/requests", { method: "DELETE" });
  return Object.entries(byRoute)
    .filter(([route]) => !route.includes("/oauth2/"))
    .reduce((sum, [, times]) => sum + times, 0);
}

function settle(project, { url, known }) {
  mkdirSync(join(project, "manifests"), { recursive: true });
  const options = {
    tenant: known.tenantId,
    clientId: known.clientId,
    api: url,
    authority: url,
    graph: url,
    requestsPerMinute: 10_000_000,
    secrets: { clientSecret: `\${SECRET}`, refreshToken: `\${REFRESH}` },
  };
  const settings = {
    apiVersion: "partnercenter/v1",
    kind: "Settings",
    adapter: "partner-center",
    adapters: { "partner-center": options },
    guards: { share: 100 },
    credentials: { recipients: ["age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"] },
  };
  writeFileSync(join(project, "partnerctl.yaml"), JSON.stringify(settings));
}

/** One customer is made over the wire; the others are copies of it, with ids of their own. */
async function fill(url, { count, known }) {
  const ask = await asker(url, known);
  const defaultAddress = {
    country: "CN",
    city: "Beijing",
    state: "BJ",
    addressLine1: "No. 5 Example Street",
    postalCode: "100080",
  };
  const billingProfile = {
    email: "a@b.example",
    culture: "zh-CN",
    language: "zh-CHS",
    companyName: "Bench",
    defaultAddress,
  };
  const { id } = await ask("POST", "/v1/customers", {
    companyProfile: { domain: "bench000000.partner.onmschina.cn" },
    billingProfile,
  });
  for (let nth = 0; nth < subscriptions; nth += 1) {
    const lineItems = [
      {
        lineItemNumber: 0,
        offerId: "5FA4F213-638C-5693-ADE5-924129D90D90",
        quantity: 10 + nth,
        friendlyName: `office-${nth}`,
      },
    ];
    await ask("POST", `/v1/customers/${id}/orders`, {
      referenceCustomerId: id,
      billingCycle: "monthly",
      lineItems,
    });
  }
  const dump = await (await fetch(`${url}/_emulator/account`)).json();
  const text = JSON.stringify(dump.account.customers[id.toLowerCase()]);
  const ids = [
    ...new Set(
      [...text.matchAll(/"(?:id|orderId|subscriptionId)":"([0-9a-f-]{36})"/gi)].map(([, one]) =>
        one.toLowerCase(),
      ),
    ),
  ];
  for (let nth = 1; nth < count; nth += 1) {
    const fresh = new Map(ids.map((one) => [one, randomUUID()]));
    const spelled = (one) =>
      (one === one.toUpperCase()
        ? fresh.get(one.toLowerCase())?.toUpperCase()
        : fresh.get(one.toLowerCase())) ?? one;
    const domain = `bench${String(nth).padStart(6, "0")}.partner.onmschina.cn`;
    const copy = JSON.parse(
      text
        .replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/gi, spelled)
        .replaceAll("bench000000.partner.onmschina.cn", domain),
    );
    dump.account.customers[copy.id] = copy;
    dump.account.names[domain] = { id: copy.id };
  }
  const reply = await fetch(`${url}/_emulator/account`, {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(dump),
  });
  if (!reply.ok) throw new Error(`the account cannot be filled: ${await reply.text()}`);
  await counted(url);
}

async function asker(url, { tenantId, clientId, clientSecret }) {
  const form = {
    grant_type: "client_credentials",
    client_id: clientId,
    client_secret: clientSecret,
    resource: "https://partner.partnercenterapi.microsoftonline.cn",
  };
  const { access_token: token } = await (
    await fetch(`${url}/${tenantId}/oauth2/token`, {
      method: "POST",
      body: new URLSearchParams(form),
    })
  ).json();
  return async (method, path, body) => {
    const reply = await fetch(url + path, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        "content-type": "application/json",
        "ms-requestid": randomUUID(),
        "ms-correlationid": randomUUID(),
      },
      body: JSON.stringify(body),
    });
    if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status} ${await reply.text()}`);
    return reply.json();
  };
}

function commit(project) {
  const git = (...args) =>
    execFileSync(
      "git",
      ["-c", "user.name=bench", "-c", "user.email=bench@bench.example", ...args],
      { cwd: project, stdio: "ignore" },
    );
  git("init", "--quiet");
  git("add", "manifests", "partnerctl.yaml");
  git("commit", "--quiet", "--message", "As exported");
}

/** Subscription/a/b lives in Customer/a. */
function ownerOf(address) {
  return `Customer/${address.split("/")[1]}`;
}

/** One seat more, so many times at most; says how many times, and in how many files. */
function revise(manifests, most) {
  let left = most;
  let files = 0;
  for (const name of readdirSync(manifests, { recursive: true })) {
    if (left === 0 || !name.endsWith(".yaml")) continue;
    const file = join(manifests, name);
    const text = readFileSync(file, "utf8");
    const revised = text.replaceAll(/^( *quantity: )1(\d)$/gm, (line, field, last) =>
      left-- > 0 ? `${field}2${last}` : line,
    );
    left = Math.max(left, 0);
    if (revised === text) continue;
    writeFileSync(file, revised);
    files += 1;
  }
  return { changed: most - left, files };
}

function table(found) {
  const head = ["customers", "", "requests", "floor", "seconds", "floor of time", "peak MB"];
  const cells = found.map(({ customers, what, requests, floor, wall, peak }) => [
    String(customers),
    what,
    String(requests),
    String(floor),
    wall.toFixed(2),
    clock((floor / perMinute) * 60),
    peak.toFixed(0),
  ]);
  return [head, head.map(() => "---"), ...cells]
    .map((line) => `| ${line.join(" | ")} |`)
    .join("\n");
}

function clock(seconds) {
  return seconds < 120 ? `${seconds.toFixed(0)} s` : `${(seconds / 60).toFixed(1)} min`;
}
