import type { Evaluation } from "../facts/values/fit.ts";
import { overlap, type Rows } from "../facts/values/rows.ts";
import { remembered } from "../remembered.ts";
import type { NotebookFacts } from "../rule.ts";

/**
 * What the rows are that models were judged by: "validation" where the notebook calls them so, or holds them back from the training rows of a
 * split whose other side is scored as well; else "test".
 */
export function heldOut(facts: NotebookFacts, evaluations: readonly Evaluation[]): "test" | "validation" {
  const isValidation =
    evaluations.length > 0 &&
    evaluations.every(({ inputs: { rows } }) => rows !== null && isOfValidation(facts, rows));
  return isValidation ? "validation" : "test";
}

/** Every finding asks it of the same few rows. */
const isOfValidation = remembered(
  (facts, rows: Rows): boolean => {
    const names = namesOf(facts, rows);
    if (names.some((name) => isCalled(validation, name))) return true;
    return !names.some((name) => isCalled(test, name)) && isOfTrainingRows(facts, rows);
  },
  (rows) => rows.key,
);

/** What the notebook calls the parts that hold the rows, and the files they are of. */
function namesOf({ splits }: NotebookFacts, { limits, tables }: Rows): string[] {
  const parts = limits.flatMap(({ cut, side }) => {
    const targets = splits.get(cut)?.targets ?? [];
    // The halves stand in turns: `X_train, X_test, y_train, y_test`.
    return targets.filter((_, at) => side === (at % 2 === 0 ? "train" : "test"));
  });
  return [...parts, ...tables.filter((table) => table.startsWith("file:")).map(nameOfFile)];
}

function nameOfFile(table: string): string {
  const name = table.slice(Math.max(table.lastIndexOf("/"), table.indexOf(":")) + 1);
  return name.replace(/\.\w+$/, "");
}

function isCalled(words: ReadonlySet<string>, name: string): boolean {
  const parts = name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, "_").toLowerCase();
  return parts.split(/[^a-z]+/).some((part) => words.has(part) || words.has(part.replace(/^[xy]/, "")));
}

const validation: ReadonlySet<string> = new Set(["dev", "val", "valid", "validate", "validation"]);
const test: ReadonlySet<string> = new Set(["test", "testing"]);

/** Whether they were cut off the training rows of a split whose test rows are scored. */
function isOfTrainingRows({ evaluations }: NotebookFacts, rows: Rows): boolean {
  const learned = rows.limits.filter(({ side }) => side === "train").map(({ cut }) => cut);
  return [...evaluations.values()].some(
    ({ inputs, isFolds }) =>
      !isFolds &&
      inputs.rows !== null &&
      !overlap(inputs.rows, rows) &&
      inputs.rows.limits.some(({ cut, side }) => side === "test" && learned.includes(cut)),
  );
}
