import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { approvalText, type SignedStatement, statementOf } from "../../src/model/plan/approval.ts";
import { signWith, examineAnybody, examineBy } from "../../src/store/approvals/ssh-signature.ts";
import { keys, run, signed, somePlan } from "./keys.ts";

const box = keys();
afterAll(() => box.end());

const at = "2026-11-22T08:30:00Z";
const now = "2026-11-22T12:00:00.000Z";

async function examined(
  signers: string,
  one: SignedStatement,
  moments: readonly string[] = [at, now],
) {
  const result = await examineBy(signers)(one, moments);
  return result.ok
    ? result.value
    : result.diagnostics.map(({ code, message, hint }) => [code, message, hint]);
}

/** What the real tool says of the files somebody has, by the recipe the auditors are given. */
function byHand(one: SignedStatement, signers: string, principal: string): boolean {
  const file = join(box.folder, "by-hand.approval");
  writeFileSync(file, approvalText(one));
  const recipe = `sed -n '/^-----BEGIN/,$p' "$1" > "$1.sig" && sed '/^-----BEGIN/,$d' "$1" | ssh-keygen -Y verify -f "$2" -I "$3" -n partnerctl-plan -s "$1.sig"`;
  return spawnSync("sh", ["-c", recipe, "sh", file, signers, principal]).status === 0;
}

describe("signatures, by the real ssh-keygen", () => {
  test.each(["ed25519", "ecdsa", "rsa"] as const)(
    "an %s key signs, and ssh-keygen -Y verify agrees, both ways",
    async (type) => {
      box.key(type, type);
      const signers = box.signers(`li.wei@contoso.example ${box.shared(type)}`);
      const ours = await signed(somePlan(), box.key(type), {
        at,
        note: "as agreed with finance, 财务已同意",
      });
      expect(await examined(signers, ours)).toEqual({
        names: ["li.wei@contoso.example"],
        fingerprint: box.fingerprint(type),
      });
      expect(byHand(ours, signers, "li.wei@contoso.example")).toBe(true);
      expect(byHand(ours, signers, "wang.fang@contoso.example")).toBe(false);
      const statement = statementOf(somePlan(), { at });
      const file = join(box.folder, `${type}.txt`);
      writeFileSync(file, statement);
      run("-Y", "sign", "-n", "partnerctl-plan", "-f", box.key(type), file);
      const theirs = { from: file, statement, signature: readFileSync(`${file}.sig`, "utf8") };
      expect(await examined(signers, theirs)).toEqual({
        names: ["li.wei@contoso.example"],
        fingerprint: box.fingerprint(type),
      });
      expect(await examineAnybody(theirs, [])).toMatchObject({
        value: { fingerprint: box.fingerprint(type) },
      });
    },
  );

  test("each refusal has its own code, and says which key and which file", async () => {
    const li = await signed(somePlan(), box.key("li"), { at });
    const [key, name] = [box.shared("li"), "li.wei@contoso.example"];
    const mine = box.signers(`${name} ${key}`);
    const changed = { ...li, statement: li.statement.replace("l-1", "l-2") };
    const git = await (async () => {
      const file = join(box.folder, "git.txt");
      writeFileSync(file, li.statement);
      run("-Y", "sign", "-n", "git", "-f", box.key("li"), file);
      return { ...li, signature: readFileSync(`${file}.sig`, "utf8") };
    })();
    const codes = async (signers: string, one: SignedStatement, moments?: readonly string[]) => {
      const said = await examined(signers, one, moments);
      return Array.isArray(said) ? said[0]?.[0] : said;
    };
    expect(await codes(mine, li)).toMatchObject({ names: [name] });
    expect(await codes(mine, changed)).toBe("approval/changed");
    expect(await codes(mine, { ...li, signature: li.signature.replace("U1NI", "U1NJ") })).toBe(
      "approval/changed",
    );
    expect(await codes(mine, git)).toBe("approval/purpose");
    expect(await codes(box.signers(`${name} ${box.shared("wang")}`), li)).toBe("approval/stranger");
    expect(await codes(box.signers(), li)).toBe("approval/stranger");
    expect(await codes(box.signers(`${name} namespaces="git" ${key}`), li)).toBe(
      "approval/stranger",
    );
    expect(await codes(box.signers("not a line", `${name} ${key}`), li)).toMatchObject({
      names: [name],
    });
    expect(await codes(box.signers(`${name} valid-before="20261122090000Z" ${key}`), li)).toBe(
      "approval/key-expired",
    );
    expect(await codes(box.signers(`${name} valid-after="20261122090000Z" ${key}`), li)).toBe(
      "approval/key-expired",
    );
    expect(
      await codes(box.signers(`${name} valid-after="20261122",valid-before="20261123" ${key}`), li),
    ).toMatchObject({ names: [name] });
    expect(await codes(join(box.folder, "none"), li)).toBe("approval/signers-missing");
    const said = await examined(box.signers(`${name} ${box.shared("wang")}`), li);
    expect(JSON.stringify(said)).toContain(box.fingerprint("li"));
    expect(JSON.stringify(said)).toContain(li.from);
  });

  test("a key that has expired cannot be used by dating an approval back", async () => {
    const signers = box.signers(`li valid-before="20261122090000Z" ${box.shared("li")}`);
    const back = await signed(somePlan(), box.key("li"), { at: "2026-11-22T08:00:00Z" });
    expect(
      await examined(signers, back, ["2026-11-22T08:00:00Z", "2026-11-22T08:59:00Z"]),
    ).toMatchObject({ names: ["li"] });
    expect(await examined(signers, back, ["2026-11-22T08:00:00Z", "2026-11-22T09:01:00Z"])).toEqual(
      [
        [
          "approval/key-expired",
          expect.stringContaining(box.fingerprint("li")),
          expect.stringContaining("valid-before"),
        ],
      ],
    );
  });

  test("several names, names with spaces, patterns and certificates count as git counts them", async () => {
    const li = await signed(somePlan(), box.key("li"), { at });
    expect(
      await examined(box.signers(`a@x.example,b@x.example ${box.shared("li")}`), li),
    ).toMatchObject({
      names: ["a@x.example", "b@x.example"],
    });
    expect(await examined(box.signers(`"li wei" ${box.shared("li")}`), li)).toMatchObject({
      names: ["li wei"],
    });
    expect(await examined(box.signers(`-oProxy ${box.shared("li")}`), li)).toMatchObject({
      names: ["-oProxy"],
    });
    expect(await examined(box.signers(`*@x.example ${box.shared("li")}`), li)).toMatchObject({
      names: ["*@x.example"],
    });
    run(
      "-q",
      "-s",
      box.key("authority"),
      "-I",
      "chen",
      "-n",
      "chen@x.example",
      "-V",
      "20261101Z:20270101Z",
      `${box.key("chen")}.pub`,
    );
    const chen = await signed(somePlan(), `${box.key("chen")}-cert.pub`, { at });
    const signers = box.signers(`*@x.example cert-authority ${box.shared("authority")}`);
    expect(await examined(signers, chen)).toEqual({
      names: ["chen@x.example"],
      fingerprint: box.fingerprint("chen"),
    });
    expect(await examined(signers, li)).toMatchObject([
      ["approval/stranger", expect.anything(), expect.anything()],
    ]);
  });

  test.each([
    ["a byte order mark", 1, "U+FEFF", (name: string, key: string) => [`\ufeff${name} ${key}`]],
    [
      "a mark before a comment",
      1,
      "U+FEFF",
      (name: string, key: string) => ["\ufeff# who may approve", `${name} ${key}`],
    ],
    [
      "a no-break space",
      2,
      "U+00A0",
      (name: string, key: string) => ["# who\u00a0may", `${name}\u00a0${key}`],
    ],
    [
      "a wide space in a name",
      1,
      "U+3000",
      (name: string, key: string) => [`"${name}\u3000" ${key}`],
    ],
    ["a space nobody sees", 1, "U+200B", (name: string, key: string) => [`${name}\u200b ${key}`]],
    [
      "a line break of an old system",
      1,
      "U+000D",
      (name: string, key: string) => [`${name} ${key}\rx ${key}`],
    ],
    [
      "UTF-16",
      1,
      "U+0000",
      (name: string, key: string) => [Buffer.from(`${name} ${key}`, "utf16le").toString("latin1")],
    ],
  ])("allowed signers with %s are refused with their line", async (_, line, name, lines) => {
    const li = await signed(somePlan(), box.key("li"), { at });
    const signers = box.signers(...lines("li", box.shared("li")));
    const said = await examineBy(signers)(li, [at]);
    const message = expect.stringMatching(
      new RegExp(`^Line ${line} of .*signers-\\d+ holds ${name.replace("+", "\\+")},`),
    );
    expect(said).toMatchObject({
      ok: false,
      diagnostics: [{ code: "approval/signers-odd-space", message, at: { file: signers, line } }],
    });
  });

  test("allowed signers with tabs, comments in any language and the line ends of another system are taken", async () => {
    const li = await signed(somePlan(), box.key("li"), { at });
    const signers = box.signers("# 谁可以审批\u3000\r", "\r", `li\t${box.shared("li")}\r`);
    expect(await examined(signers, li)).toMatchObject({ names: ["li"] });
  });

  test("a key that an agent holds signs by its public half, given as a file or as text", async () => {
    const started = execFileSync("ssh-agent", ["-s"], { encoding: "utf8" });
    const [, socket = ""] = /SSH_AUTH_SOCK=([^;]+)/.exec(started) ?? [];
    const [, pid = ""] = /SSH_AGENT_PID=(\d+)/.exec(started) ?? [];
    const before = process.env.SSH_AUTH_SOCK;
    process.env.SSH_AUTH_SOCK = socket;
    try {
      execFileSync("ssh-add", ["-q", box.key("held")], { stdio: "ignore" });
      const alone = join(box.folder, "only-public.pub");
      writeFileSync(alone, readFileSync(`${box.key("held")}.pub`));
      const signers = box.signers(`held ${box.shared("held")}`);
      for (const key of [alone, box.shared("held")])
        expect(await examined(signers, await signed(somePlan(), key, { at }))).toMatchObject({
          names: ["held"],
        });
    } finally {
      process.kill(Number(pid));
      if (before === undefined) delete process.env.SSH_AUTH_SOCK;
      else process.env.SSH_AUTH_SOCK = before;
    }
  });

  test("what cannot be signed says why; without ssh-keygen that is said", async () => {
    expect(await signWith(join(box.folder, "nobody"), "x")).toMatchObject({
      diagnostics: [
        {
          code: "approval/not-signed",
          message: expect.stringContaining("nobody"),
          hint: expect.stringContaining("No such file"),
        },
      ],
    });
    const li = await signed(somePlan(), box.key("li"), { at });
    const { PATH } = process.env;
    process.env.PATH = box.folder;
    try {
      expect(await signWith(box.key("li"), "x")).toMatchObject({
        diagnostics: [{ code: "approval/no-ssh-keygen" }],
      });
      expect(await examineAnybody(li, [])).toMatchObject({
        diagnostics: [{ code: "approval/no-ssh-keygen" }],
      });
    } finally {
      process.env.PATH = PATH;
    }
  });
});
