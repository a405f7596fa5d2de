import { execFileSync } from "node:child_process";
import { analyze } from "@lookback/language/leakage/analyze.ts";
import { applyFix } from "@lookback/language/leakage/apply-fix.ts";
import { provenFixes } from "@lookback/language/leakage/fixes/proven-fixes.ts";
import type { Notebook } from "@lookback/language/notebook/notebook.ts";
import type { Python } from "@lookback/language/notebook/python.ts";
import { readNotebook } from "@lookback/language/notebook/read-notebook.ts";

/** What came of running fixes. */
export interface Executed {
  /** How many fixes were made in notebooks that ran before them. */
  readonly ran: number;
  /** One text for each that fails, or leaves other shapes. */
  readonly wrong: readonly string[];
}

/** Runs notebooks before and after each fix that is offered in them, on data made to fit. What does not run before says nothing of a fix. */
export function executeFixes(notebooks: readonly string[], python: Python): Executed {
  const look = (notebook: Notebook) => analyze(notebook, { python });
  const pairs = notebooks.flatMap((code) => {
    const notebook = readNotebook(code, "notebook.py").value;
    const analysis = look(notebook);
    return analysis.findings.flatMap((finding) =>
      provenFixes(notebook, analysis, finding, { python, analyze: look }).map((fix) => ({
        title: `${finding.rule}: ${fix.title}`,
        before: textOf(notebook),
        after: textOf(applyFix(notebook, fix)),
      })),
    );
  });
  const interpreter = process.env.LOOKBACK_PYTHON ?? "python3";
  const answers: readonly Pair[] = JSON.parse(
    execFileSync(interpreter, [`${import.meta.dirname}/run_programs.py`], {
      input: JSON.stringify(pairs),
      encoding: "utf8",
      maxBuffer: 1e9,
    }),
  );
  let ran = 0;
  const wrong = pairs.flatMap((pair, at) => {
    const answer = answers[at];
    if (!answer || answer.before.error !== null) return [];
    ran++;
    const why = answer.after.error ?? otherShape(answer, pair);
    return why === null ? [] : [`${pair.title}: ${why}\n${pair.before}\n--- fixed\n${pair.after}`];
  });
  return { ran, wrong };
}

interface Outcome {
  readonly error: string | null;
  readonly shapes: Readonly<Record<string, readonly number[]>>;
}

interface Pair {
  readonly before: Outcome;
  readonly after: Outcome;
}

/** A name that holds another kind of thing than before; rows may be fewer where some are set aside to choose by, or cut by chance among other rows. */
function otherShape(
  { before, after }: Pair,
  text: { readonly before: string; readonly after: string },
): string | null {
  for (const [name, shape] of Object.entries(before.shapes)) {
    const now = after.shapes[name];
    const same = now?.slice(1).join() === shape.slice(1).join() && now.length === shape.length;
    const [rows = 0] = answersTraining(name, text) ? (after.shapes.y_train ?? shape) : shape;
    const [left = 0] = now ?? [];
    const isNear = shape.length === 0 || (left <= rows * 1.5 + 1 && left >= rows * 0.6 - 1);
    if (now && !(same && isNear)) return `${name} was of shape (${shape.join()}), and is of (${now.join()})`;
  }
  return null;
}

/** The fix has a name answer for the training rows, by folds, where it answered for the test rows before. */
function answersTraining(name: string, text: { readonly before: string; readonly after: string }): boolean {
  const byFolds = new RegExp(`^\\s*${name} = cross_val_predict\\(.*y_train`, "m");
  return byFolds.test(text.after) && !byFolds.test(text.before);
}

function textOf({ cells }: Notebook): string {
  return cells.map(({ source }) => source).join("\n");
}
