import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { loadPython } from "@lookback/service/files/load-python.ts";
import { loadSql } from "@lookback/service/files/load-sql.ts";
import { beforeAll, describe, expect, test } from "vitest";
import type { Notebook } from "../../notebook/notebook.ts";
import type { Python } from "../../notebook/python.ts";
import { readNotebook } from "../../notebook/read-notebook.ts";
import type { Sql } from "../../sql/sql.ts";
import { analyze } from "../analyze.ts";
import { applyFix } from "../apply-fix.ts";
import { leftToPeople } from "../fixes/left-to-people.ts";
import { whyNot } from "../fixes/why-not.ts";
import { knownRules } from "../known-rules.ts";
import { defaultSettings, settingsOf } from "../settings/settings.ts";
import { rules } from "./rules.ts";

let python: Python;
let sql: Sql | null;
beforeAll(async () => {
  python = await loadPython();
  sql = await loadSql();
});

test("every rule that is written is in the list, under its file's name", () => {
  const folder = new URL("./", import.meta.url);
  const written = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(
      (file) => file.isFile() && / = rule\(\{/.test(readFileSync(join(file.parentPath, file.name), "utf8")),
    )
    .map(({ name }) => name);
  const listed = rules.map(({ id }) => `${id}.ts`);
  expect(
    written.filter((file) => !listed.includes(file)),
    "add it to `rules.ts`",
  ).toEqual([]);
  expect(
    listed.filter((file) => !written.includes(file)),
    "a rule's id is its file's name",
  ).toEqual([]);
});

describe.each(knownRules.map((rule) => [rule.id, rule] as const))("%s", (id, rule) => {
  // A rule that is off unless it is asked for is asked for.
  const asked =
    rule.tier === "extra" ? settingsOf([{ from: "in this test", rules: { [id]: "on" } }]) : defaultSettings;

  test("is described", () => {
    expect(id).toMatch(/^[a-z]+(-[a-z]+)+$/);
    for (const text of [rule.title, rule.why, rule.instead, rule.source])
      expect(text.length).toBeGreaterThan(10);
    expect(rule.examples.some((example) => example.verdict !== "good")).toBe(true);
    expect(rule.examples.some((example) => example.verdict === "good")).toBe(true);
  });

  test.each(rule.examples.map((example) => [example.title, example] as const))("%s", (_, example) => {
    const notebook = readNotebook(example.code, "example.py").value;
    const given = { python, sql, settings: asked };
    const { findings: all, broken } = analyze(notebook, given);
    expect(broken).toEqual([]);
    // What another rule has to say in passing is not this one's business; what it raises is.
    const findings = all.filter(({ rule, severity }) => rule === id || severity !== "information");
    expect(findings.map((finding) => `${finding.rule} ${spanOf(notebook, finding)}`)).toEqual(
      caretsOf(example.code).map((span) => `${id} ${span}`),
    );
    expect(findings.length > 0).toBe(example.verdict !== "good");
    expect(findings.map(({ message }) => message)).toEqual(example.says);
    if (example.verdict === "note")
      expect(new Set(findings.map(({ severity }) => severity))).toEqual(new Set(["information"]));
    for (const finding of findings) {
      expect(finding.message.length).toBeGreaterThan(20);
      const looked = { notebook, ...analyze(notebook, given) };
      const refused = finding.plan().flatMap((fix) => {
        const fixed = applyFix(notebook, fix);
        const why = whyNot(looked, { notebook: fixed, ...analyze(fixed, given) }, fix, finding, python);
        return why === null ? [] : [`${fix.title}: ${why.reason}`];
      });
      if (finding.plan().length === 0)
        expect(finding.obstacles()).not.toEqual([leftToPeople("a rule with a fix")]);
      const held = finding.plan().length - refused.length;
      expect(held > 0 || refused.length === 0, refused.join("\n")).toBe(true);
    }
  });
});

/** `line:from-to` of a finding, in file coordinates. */
function spanOf(
  notebook: Notebook,
  finding: {
    cellId: string;
    range: { start: { line: number; character: number }; end: { line: number; character: number } };
  },
): string {
  const cell = notebook.cells.find((one) => one.id === finding.cellId);
  const { start, end } = finding.range;
  return `${(cell?.startLine ?? 0) + start.line}:${start.character}-${end.character}`;
}

/** The carets of an example: each comment line of carets is under the line it speaks of. */
function caretsOf(code: string): string[] {
  const lines = code.split("\n");
  return lines.flatMap((line, at) => {
    const carets = /^\s*#\s*(\^+)/.exec(line);
    if (!carets?.[1]) return [];
    let subject = at - 1;
    while (/^\s*#\s*\^+/.test(lines[subject] ?? "")) subject--;
    const from = line.indexOf("^");
    return [`${subject}:${from}-${from + carets[1].length}`];
  });
}
