import { knownRules, ruleIds } from "@lookback/language/leakage/known-rules.ts";
import { expect, test } from "vitest";
import { explain } from "./explain.ts";

async function run(...argv: string[]): Promise<string> {
  let said = "";
  const code = await explain.run(argv, {
    cwd: "/",
    env: {},
    out: (text) => {
      said += text;
    },
    err: () => {},
    signal: new AbortController().signal,
  });
  expect(code).toBe(0);
  return said;
}

test("lists every rule, a line each", async () => {
  const lines = (await run()).trimEnd().split("\n");
  expect(lines.map((line) => line.split(" ")[0])).toEqual(ruleIds);
  expect(lines[0]).toMatch(/^scaler-before-split +core +\w+ +Fitted before the split$/);
});

test.each(knownRules.map(({ id }) => id))("says all of %s", async (id) => {
  const page = await run(id);
  const rule = knownRules.find((known) => known.id === id);
  for (const text of [rule?.title, rule?.why, rule?.instead, rule?.source]) expect(page).toContain(text);
  for (const { code, says } of rule?.examples ?? [])
    for (const text of [code.trimEnd(), ...says]) expect(page).toContain(text);
  expect(page).toContain(`[lint.rules]\n${id} = "off"`);
  expect(page.includes(`# lookback: allow ${id} — `)).toBe(rule?.kind !== "suppression");
  expect(page).not.toMatch(/undefined|\[object/);
  expect(page.match(/```/g)?.length ?? 1).toBe(2 * (page.match(/```\w+\n/g)?.length ?? 0));
});

test("shows examples with their fixes made, and without marks that would point beside them", async () => {
  const pages = await Promise.all(knownRules.map(({ id }) => run(id)));
  const fixed = pages.flatMap((page) => page.split("## With its fix")[1]?.split("\n## ")[0] ?? []);
  expect(fixed.length).toBeGreaterThan(2);
  for (const text of fixed) expect(text).toMatch(/^\n\n.+, after \*.+\*[^\n]*:\n\n```python\n[^^]+```\n$/);
  const [, unused = ""] = (await run("unused-allowance")).split("## With its fix");
  expect(unused.split("\n## ")[0]).not.toContain("lookback: allow");
});

test("answers as JSON too", async () => {
  expect(JSON.parse(await run("multi-test", "--json"))).toMatchObject({
    id: "multi-test",
    page: expect.stringMatching(/^# /),
  });
  expect(JSON.parse(await run("--json"))).toHaveLength(knownRules.length);
});

test("says of feature definitions that they are on or off", async () => {
  expect(await run("feature-definitions")).toMatch(/`on` or `off`/);
});

test("names the rules that a part of their name may mean, three at most", async () => {
  await expect(run("scaler")).rejects.toMatchObject({
    message: 'There is no rule called "scaler". Did you mean "scaler-before-split"?',
  });
  await expect(run("before-split")).rejects.toMatchObject({
    message: expect.stringMatching(/ Did you mean "[\w-]+-before-split"( or "[\w-]+-before-split"){2}\?$/),
  });
  await expect(run("-")).rejects.toMatchObject({ message: 'There is no rule called "-".' });
});

test("names the rule that may be meant", async () => {
  await expect(run("multi-tset")).rejects.toMatchObject({
    code: "explain/no-such-rule",
    message: 'There is no rule called "multi-tset". Did you mean "multi-test"?',
  });
});
