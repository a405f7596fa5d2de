import type { Told } from "./chains/chain.ts";
import type { Facts } from "./facts/program.ts";
import { scoreName, scoringCells } from "./facts/reach.ts";
import type { Evaluation, Fit } from "./facts/values/fit.ts";
import type { Mark, Marks } from "./facts/values/mark.ts";
import type { Grouping } from "./facts/values/noted.ts";
import type { Split } from "./facts/values/split.ts";
import type { Fix, Severity, Step } from "./finding.ts";
import type { FlowStatement } from "./fixes/flow.ts";
import type { Place, Statement } from "./ir.ts";
import { seenAt } from "./modules/stand-in.ts";

/** One rule: what is said of it, and how it reads the facts. */
export interface Rule extends RuleText {
  check(facts: NotebookFacts, report: (draft: Draft) => void): void;
}

/** What a rule is, why it matters, examples that are its tests and its page. */
export interface RuleText {
  /** Names the fault; reads well after "allow". The file has the same name. */
  readonly id: string;
  readonly kind: string;
  readonly tier: Tier;
  /** The highest severity it reports. */
  readonly severity: Severity;
  readonly title: string;
  readonly why: string;
  readonly instead: string;
  /** Paper or documentation the rule rests on. */
  readonly source: string;
  readonly examples: readonly Example[];
}

/**
 * How much a rule rests on: `core` on data flow or typed syntax; `named` on what columns are called, so that it never says more
 * than a warning; `extra` on habits that are no fault for everybody.
 */
export type Tier = "core" | "named" | "extra";

/** What a rule may ask about a notebook. */
export interface NotebookFacts extends Facts {
  /** The text at a place. */
  textOf(place: Place): string;
  /** A cell's whole text. */
  sourceOf(cell: string): string;
  /** A cell's comments, in the order they stand. */
  commentsOf(cell: string): readonly string[];
  /** What a cell says. */
  statementsOf(cell: string): readonly Statement[];
  /** The outermost statements of all cells, in the order they run. */
  flow(): readonly FlowStatement[];
}

/** What a rule says about one fault; the rest comes from the rule itself. */
export interface Draft {
  readonly at: Place;
  readonly message: string;
  /** What the rule says of test rows is true of validation rows here. */
  readonly isOfValidation?: boolean;
  /** Where what the rule says to do instead is not how this is written. */
  readonly instead?: string;
  readonly severity?: Severity;
  /** It was learned from rows of several files together, no answers among them: by design where all rows to be predicted are at hand. */
  readonly isTransductive?: boolean;
  readonly path: readonly Step[];
  /** The message in its parts, for a preparation that may be one step of a chain. */
  readonly told?: Told;
  /** What the fault consists of, for the kinds of fixes in `fixes/`. */
  readonly about?: Subject;
  /** Changes that only this rule knows. */
  readonly fixes?: readonly Fix[];
}

/** What a fix needs to know of a fault. */
export interface Subject {
  /** What learned too much, or answers where it should not. */
  readonly mark?: Mark;
  /** The scores that rest on it. */
  readonly evaluations?: readonly Evaluation[];
  readonly split?: Split;
  /** The inputs that it is about, and the models that learn from them. */
  readonly columns?: readonly string[];
  readonly fits?: readonly Fit[];
  /** Whom rows are about, by the column that says so. */
  readonly grouping?: Grouping;
  /** The rows of the scores say when to stop. */
  readonly isStopped?: boolean;
  /** The rows stand in time's order when they are split. */
  readonly isOrdered?: boolean;
  /** The rows of the scores are for validation. */
  readonly isOfValidation?: boolean;
}

/** A notebook in a few lines; cells are cut at `# %%`. A `bad` one, and one to `note`, has a line of carets under each finding; all of one to note are information. */
export interface Example {
  readonly verdict: "bad" | "note" | "good";
  readonly title: string;
  readonly code: string;
  /** The messages, word for word, one a finding. */
  readonly says: readonly string[];
}

/** A rule as it stands in its file. */
export function rule(definition: Rule): Rule {
  return definition;
}

export function bad(title: string, code: string, ...says: Says): Example {
  return { verdict: "bad", title, code: code.replace(/^\n/, ""), says };
}

export function note(title: string, code: string, ...says: Says): Example {
  return { verdict: "note", title, code: code.replace(/^\n/, ""), says };
}

/** What is said to the reader is stated wherever something is. */
type Says = readonly [string, ...(readonly string[])];

export function good(title: string, code: string): Example {
  return { verdict: "good", title, code: code.replace(/^\n/, ""), says: [] };
}

/** A station of a leak at a place. */
export function step(role: Step["role"], at: Place, label: string): Step {
  const { cell, start, end } = seenAt(at);
  return {
    role,
    cellId: cell,
    range: { start, end },
    label: at.module ? `${label} (${at.module.where})` : label,
  };
}

/** The station where a model is scored. */
export function scoreStep(facts: Pick<Facts, "scored">, evaluation: Evaluation): Step {
  return {
    ...step("evaluate", evaluation.statement, scoreName(facts, evaluation)),
    scoredIn: scoringCells(facts, evaluation),
  };
}

/** Stations without repetition, in order of first mention. */
export function distinct(steps: readonly Step[]): Step[] {
  const seen = new Map<string, Step>();
  for (const one of steps) {
    const key = `${one.role}:${one.cellId}:${one.range.start.line}:${one.range.start.character}:${one.range.end.line}`;
    const before = seen.get(key);
    if (before === undefined) seen.set(key, one);
    else if (one.scoredIn)
      seen.set(key, { ...before, scoredIn: [...new Set([...(before.scoredIn ?? []), ...one.scoredIn])] });
  }
  return [...seen.values()];
}

/** Each mark that leaks into evaluations, by its place and what did it there, with the evaluations it reaches; in order of first mention. */
export function leaksOf(
  facts: NotebookFacts,
  marksOf: (evaluation: Evaluation) => Marks,
  isLeak: (mark: Mark, evaluation: Evaluation) => boolean,
): Iterable<{ readonly mark: Mark; readonly evaluations: Evaluation[] }> {
  const leaks = new Map<string, { mark: Mark; evaluations: Evaluation[] }>();
  for (const evaluation of facts.evaluations.values()) {
    for (const mark of marksOf(evaluation).values()) {
      if (!isLeak(mark, evaluation)) continue;
      const place = `${mark.at.cell}:${mark.at.from}:${mark.at.to}:${mark.label}`;
      const leak = leaks.get(place) ?? { mark, evaluations: [] };
      leak.evaluations.push(evaluation);
      leaks.set(place, leak);
    }
  }
  return leaks.values();
}
