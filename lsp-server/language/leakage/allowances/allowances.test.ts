import { loadPython } from "@lookback/service/files/load-python.ts";
import { beforeAll, describe, expect, test } from "vitest";
import type { Python } from "../../notebook/python.ts";
import { readNotebook } from "../../notebook/read-notebook.ts";
import { analyze } from "../analyze.ts";
import { applyFix } from "../apply-fix.ts";

let python: Python;
beforeAll(async () => {
  python = await loadPython();
});

/** What is reported of a script: `line rule`, by its place in the file. */
function reported(code: string): string[] {
  const { value } = readNotebook(code, "n.py");
  const { findings } = analyze(value, { python });
  return findings.map(({ rule, cellId, range }) => {
    const cell = value.cells.find(({ id }) => id === cellId);
    return `${(cell?.startLine ?? 0) + range.start.line} ${rule}`;
  });
}

const before = `df = pd.read_csv("houses.csv")
model = LinearRegression().fit(df[["size"]], df["price"])`;
const score = 'print(model.score(df[["size"]], df["price"]))';
const found = ["evaluate-on-train"];

describe("an allowance is heard", () => {
  test.each<[string, string]>([
    ["above its statement", `# lookback: allow evaluate-on-train — known\n${score}`],
    ["behind its statement", `${score}  # lookback: allow evaluate-on-train — known`],
    ["with a plain dash", `# lookback: allow evaluate-on-train - known\n${score}`],
    ["with a colon", `# lookback: allow evaluate-on-train: known\n${score}`],
    ["among several rules", `# lookback: allow evaluate-on-train, multi-test — known\n${score}`],
    ["with rules on several lines", `# lookback: allow multi-test,\n#   evaluate-on-train — known\n${score}`],
    ["with a reason that goes on", `# lookback: allow evaluate-on-train — known\n# for long\n${score}`],
    ["with a reason below", `# lookback: allow evaluate-on-train\n#   — known\n${score}`],
    ["below other words", `# The first look.\n# lookback: allow evaluate-on-train — known\n${score}`],
    [
      "above another one",
      `# lookback: allow evaluate-on-train — known\n# lookback: allow multi-test — of others\n${score}`,
    ],
    [
      "above a statement of several lines",
      `# lookback: allow evaluate-on-train — known\nprint(\n    model.score(\n        df[["size"]], df["price"]))`,
    ],
    [
      "inside it",
      `print(\n    # lookback: allow evaluate-on-train — known\n    1,\n    model.score(df[["size"]], df["price"]))`,
    ],
    [
      "at its end",
      `print(\n    model.score(df[["size"]], df["price"]),\n    1,\n)  # lookback: allow evaluate-on-train — known`,
    ],
    ["in a block", `if True:\n    # lookback: allow evaluate-on-train — known\n    ${score}`],
    ["above what holds it on one line", `# lookback: allow evaluate-on-train — known\nif True: ${score}`],
    ["for its cell", `# lookback: allow-cell evaluate-on-train — known\n1\n${score}`],
    ["for its file", `# %%\n${score}\n# %%\n# lookback: allow-file evaluate-on-train — known\n1`],
    ["below a magic", `%matplotlib inline\n# lookback: allow evaluate-on-train — known\n${score}`],
    ["in a timed cell", `# %%\n%%time\n# lookback: allow evaluate-on-train — known\n${score}`],
    ["above a timed line", `# lookback: allow evaluate-on-train — known\n%time ${score}`],
  ])("%s", (_, code) => {
    expect(reported(`${before}\n${code}`).filter((line) => !line.endsWith("unused-allowance"))).toEqual([]);
  });
});

describe("an allowance is not heard", () => {
  test.each<[string, string, readonly string[]]>([
    ["in a string", `s = "# lookback: allow-file evaluate-on-train — known"\n${score}`, found],
    ["in a docstring", `"""\n# lookback: allow-file evaluate-on-train — known\n"""\n${score}`, found],
    ["two lines above", `# lookback: allow evaluate-on-train — known\n\n${score}`, [...found]],
    ["above what comes before", `# lookback: allow evaluate-on-train — known\n1\n${score}`, [...found]],
    [
      "above the loop around it",
      `# lookback: allow evaluate-on-train — known\nfor i in r:\n  ${score}`,
      found,
    ],
    ["in another cell", `# %%\n# lookback: allow-cell evaluate-on-train — known\n1\n# %%\n${score}`, found],
    ["without a reason", `# lookback: allow evaluate-on-train\n${score}`, ["allow-without-reason", ...found]],
    [
      "with words below that are about something else",
      `# lookback: allow evaluate-on-train\n# Print it.\n${score}`,
      ["allow-without-reason", ...found],
    ],
    ["for no rule", `# lookback: allow\n${score}`, ["allow-without-reason", ...found]],
    ["for another rule", `# lookback: allow multi-test — known\n${score}`, found],
    [
      "for a rule that does not exist",
      `# lookback: allow evaluate-on-trian — known\n${score}`,
      ["allow-without-reason", ...found],
    ],
    [
      "as another word",
      `# lookback: allowed evaluate-on-train — known\n${score}`,
      ["misspelt-allowance", ...found],
    ],
  ])("%s", (_, code, rules) => {
    const names = reported(`${before}\n${code}`).map((line) => line.split(" ")[1]);
    expect(names.filter((rule) => rule !== "unused-allowance")).toEqual(rules);
  });
});

test("names the rule that may be meant", () => {
  const { value } = readNotebook("x = 1  # lookback: allow evaluate-on-trian, multi-test — known", "n.py");
  const [finding] = analyze(value, { python }).findings;
  expect(finding?.message).toBe(
    'There is no rule called `evaluate-on-trian`, so nothing is allowed by that name. Did you mean "evaluate-on-train"?',
  );
  expect(finding?.range).toEqual({ start: { line: 0, character: 25 }, end: { line: 0, character: 42 } });
});

describe("an allowance that nothing needs", () => {
  const clean = "x = 1";
  test.each<[string, string, string]>([
    [
      "goes with its lines",
      `${clean}\n# lookback: allow multi-test — known\n# for long\ny = 2`,
      `${clean}\ny = 2`,
    ],
    [
      "goes from behind a statement",
      `${clean}  # lookback: allow multi-test — known\ny = 2`,
      `${clean}\ny = 2`,
    ],
    ["goes from the last line", `${clean}\n# lookback: allow multi-test — known`, clean],
    [
      "gives back a rule",
      `${before}\n# lookback: allow multi-test, evaluate-on-train — known\n${score}`,
      `${before}\n# lookback: allow evaluate-on-train — known\n${score}`,
    ],
    [
      "gives back the last rule",
      `${before}\n# lookback: allow evaluate-on-train, multi-test — known\n${score}`,
      `${before}\n# lookback: allow evaluate-on-train — known\n${score}`,
    ],
    [
      "is the wider of two",
      `# lookback: allow-file evaluate-on-train — known\n${before}\n# lookback: allow evaluate-on-train — known\n${score}`,
      `${before}\n# lookback: allow evaluate-on-train — known\n${score}`,
    ],
  ])("%s", (_, code, after) => {
    const { value } = readNotebook(code, "n.py");
    const schemaOf = () => ({ columns: ["size", "price"], types: { size: "DOUBLE", price: "DOUBLE" } });
    const findings = analyze(value, { python, schemaOf }).findings;
    expect(findings.map(({ rule, severity }) => `${rule} ${severity}`)).toEqual([
      "unused-allowance information",
    ]);
    const [fix] = findings[0]?.plan() ?? [];
    expect(fix && applyFix(value, fix).cells.map(({ source }) => source)).toEqual([after]);
  });

  test.each([
    [
      "where something was not read",
      "# %%\n%run other.py\n# %%\n# lookback: allow multi-test — known\nx = 1",
    ],
    ["where a cell is broken", "# %%\nx = (\n# %%\n# lookback: allow multi-test — known\nx = 1"],
  ])("is not said %s", (_, code) => {
    expect(reported(code).filter((line) => line.endsWith("unused-allowance"))).toEqual([]);
  });
});

/** What is said of a comment behind a score that it may allow. */
function saidOf(comment: string): string[] {
  const { value } = readNotebook(`${before}\n${score}  ${comment}`, "n.py");
  return analyze(value, { python }).findings.map(({ rule, message }) => `${rule}: ${message}`);
}

describe("an allowance that is written otherwise is not heard, and what was meant is said", () => {
  const meant = (begins = "lookback: allow evaluate-on-train") =>
    `misspelt-allowance: This comment allows nothing: an allowance begins \`${begins}\`.`;

  test.each([
    ["# Lookback: Allow evaluate-on-train — known", meant()],
    ["# LOOKBACK: allow evaluate-on-train — known", meant()],
    ["# lookback: ignore evaluate-on-train — known", meant()],
    ["# lookback:disable=evaluate-on-train", meant()],
    ["# lookback allow evaluate-on-train — known", meant()],
    ["# lookback: allows evaluate-on-train — known", meant()],
    ["# lookback: alow evaluate_on_train — known", meant()],
    ["# lookback: skip-cell evaluate-on-train — known", meant("lookback: allow-cell evaluate-on-train")],
    ["# lookback: noqa [evaluate-on-trian]", meant()],
    ["# lookback: allow[evaluate-on-train] — known", meant()],
    ["# lookback: allow (evaluate-on-train) — known", meant()],
    ["# lookback: allow-cell(evaluate-on-train)", meant("lookback: allow-cell evaluate-on-train")],
    [
      "# Lookback: ignore multi-test, evaluate-on-train",
      meant("lookback: allow multi-test, evaluate-on-train"),
    ],
  ])("%s", (comment, said) => {
    const all = saidOf(comment);
    expect(all).toContain(said);
    expect(all.some((one) => one.startsWith("evaluate-on-train: "))).toBe(true);
  });

  test.each([
    "# Lookback: ignore the first 30 days",
    "# lookback window of 30 days",
    "# Look back: skip it",
    "# lookback: see the page",
  ])("not said of a comment about something else: %s", (comment) => {
    expect(saidOf(comment).filter((one) => !one.startsWith("evaluate-on-train: "))).toEqual([]);
  });

  test("one without a rule is said to name none, with and without a space", () => {
    expect(saidOf("# lookback:allow")).toContain(
      "allow-without-reason: This comment names no rule, so it allows nothing.",
    );
  });

  test.each([
    "Lookback: Ignore evaluate_on_train — known",
    "lookback: allow[evaluate-on-train] — known",
    "lookback: allow(evaluate-on-train) — known",
  ])("its fix writes it as it should be: %s", (comment) => {
    const { value } = readNotebook(`${before}\n${score}  # ${comment}`, "n.py");
    const { findings } = analyze(value, { python });
    const [fix] = findings.find(({ rule }) => rule === "misspelt-allowance")?.plan() ?? [];
    const fixed = fix && applyFix(value, fix);
    expect(fixed?.cells[0]?.source).toContain("  # lookback: allow evaluate-on-train — known");
    expect(fixed && analyze(fixed, { python }).findings).toEqual([]);
  });
});
