import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { folderWith, partnerctl, settings } from "../cli/binary.ts";

test("a certificate of an authority of one's own is taken where NODE_EXTRA_CA_CERTS names it", async () => {
  const here = folderWith({ "manifests/.keep": "" });
  const [key, certificate] = [join(here, "key.pem"), join(here, "authority.pem")];
  const of = ["-subj", "/CN=authority", "-addext", "subjectAltName=IP:127.0.0.1"];
  const made = ["-keyout", key, "-out", certificate, "-days", "2"];
  execFileSync("openssl", ["req", "-x509", "-newkey", "rsa:2048", "-nodes", ...made, ...of], {
    stdio: "ignore",
  });
  let asked = 0;
  const files = { key: readFileSync(key), cert: readFileSync(certificate) };
  const server = createServer(files, (_, response) => {
    asked += 1;
    response.writeHead(401, { "Content-Type": "application/json" });
    response.end(JSON.stringify({ error: "invalid_client", error_description: "AADSTS7000215" }));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const url = `https://127.0.0.1:${port}`;
  const options = {
    ...{ tenant: "contoso.example", clientId: "id", api: url, authority: url, graph: url },
    retry: { attempts: 1 },
    capabilities: { PartnerProfile: false },
    secrets: { clientSecret: { file: "key.pem" } },
  };
  const text = settings({}, { adapter: "partner-center", adapters: { "partner-center": options } });
  const project = folderWith({ "partnerctl.yaml": text, "key.pem": "a-secret" });
  const env = { PARTNERCTL_ALLOWED_HOSTS: `127.0.0.1:${port}` };
  const without = await partnerctl(project, ["check"], { env });
  expect([without.stderr, asked]).toEqual([
    expect.stringContaining("DEPTH_ZERO_SELF_SIGNED_CERT"),
    0,
  ]);
  const trusted = await partnerctl(project, ["check"], {
    env: { ...env, NODE_EXTRA_CA_CERTS: certificate },
  });
  expect(trusted.stderr.replaceAll(/\s+/g, " ")).toContain("refused to sign in (invalid_client)");
  // Once for each of the two services: a refusal is not asked for again.
  expect(asked).toBe(2);
});
