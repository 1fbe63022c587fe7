import { expect, test } from "vitest";
import { forgetSecrets, keepSecret, withoutSecrets } from "../../src/model/text/secrets.ts";

test("a secret is struck out in each spelling a service may quote it in", () => {
  keepSecret('p"ss/word+1');
  for (const spelling of ['p"ss/word+1', 'p\\"ss/word+1', "p%22ss%2Fword%2B1"])
    expect(withoutSecrets(`The value ${spelling} is not allowed.`)).toBe(
      "The value *** is not allowed.",
    );
});

test("a secret that holds another is struck out whole", () => {
  keepSecret("inner-secret");
  keepSecret("the-inner-secret-and-more");
  expect(withoutSecrets("the-inner-secret-and-more")).toBe("***");
});

test("each line of a key is a secret, its frame is none", () => {
  keepSecret(
    "-----BEGIN PRIVATE KEY-----\r\nMIGHAgEAMBMGByqGSM49\r\nAgEGCCqGSM49AwEHBG0w\r\n-----END PRIVATE KEY-----\r\n",
  );
  expect(withoutSecrets("MIGHAgEAMBMGByqGSM49")).toBe("***");
  expect(withoutSecrets("begins with -----BEGIN PRIVATE KEY-----")).toBe(
    "begins with -----BEGIN PRIVATE KEY-----",
  );
});

test("what is too short to be told from words is left alone", () => {
  keepSecret("of");
  keepSecret("");
  keepSecret("half \ud800 of");
  expect(withoutSecrets("one of them, half \ud800 of it")).toBe("one of them, *** it");
});

test("the secrets of a run that ended are shown again in the next one", () => {
  keepSecret("a secret of the first run");
  forgetSecrets();
  keepSecret("of the second run");
  expect(withoutSecrets("a secret of the first run, of the second run")).toBe(
    "a secret of the first run, ***",
  );
});
