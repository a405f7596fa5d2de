import { notebookOf } from "../../notebook/notebook.ts";
import type { Python } from "../../notebook/python.ts";
import type { Sql } from "../../sql/sql.ts";
import { analyze } from "../analyze.ts";

/** A table, before whatever is tried on it. */
export const read = `import pandas as pd
df = pd.read_csv("data.csv")
X, y = df[["a", "b"]], df["y"]
`;
const score = `
X_train, X_test, y_train, y_test = train_test_split(X, y)
SVC().fit(X_train, y_train).score(X_test, y_test)
`;

/** What stands at each line of the middle part: `found: rule`, or `gap` where something was not followed. Its imports are left out. */
export function said(
  { python, sql }: { readonly python: Python; readonly sql: Sql | null },
  middle: string,
  [before, after] = [read, score],
): string[] {
  const source = before + middle + after;
  const notebook = notebookOf("n", [{ id: "a", source }]);
  const { findings, coverage } = analyze(notebook, { python, sql });
  const first = before.split("\n").length - 1;
  const lines = (middle + after).split("\n");
  const at = (line: number): string => (lines[line - first] ?? "").trim();
  return [
    // A mean and a deviation on one line are two findings.
    ...new Set(
      findings.map(
        ({ rule, range }) => `found ${rule.replace(preparations, "preparation")}: ${at(range.start.line)}`,
      ),
    ),
    ...coverage.gaps
      .filter(({ code }) => !/^coverage.(file-|name-not-given)/.test(code))
      .map((gap) => `${gap.weight}: ${at(gap.range?.start.line ?? -1)}`),
  ];
}

/** The lines that end in a mark are where it must be said; `#!`: a preparation before the split was found, `#?`: not followed. */
export function expected(text: string): string[] {
  return text.split("\n").flatMap((line) => {
    const [, what] = /#([!?])$/.exec(line.trim()) ?? [];
    if (what === undefined) return [];
    return [`${what === "!" ? "found preparation" : "unread"}: ${line.trim()}`];
  });
}

const preparations = /^(scaler|imputer|feature-selection|target-encoding)-before-split$/;
