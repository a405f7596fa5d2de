import type { DefinitionProblem, Place } from "../model.ts";
import { definitionOf, type Value } from "./values/value.ts";
import type { WorkingFolder } from "./working-folder.ts";

/** A name in text that stands for a definition: an entity's, or `view:feature`. */
export interface Reference {
  readonly to: "entity" | "feature";
  readonly text: string;
  readonly place: Place;
}

/** What one pass over a document gathers besides its definitions. */
export interface Reading {
  readonly problems: DefinitionProblem[];
  /** Names in text that stand for definitions, to be checked once all are read. */
  readonly references: Reference[];
  /** Why what is read now may not run at all, innermost last. */
  readonly doubts: string[];
  variablesOf(kind: Value["kind"]): Iterable<string>;
  /** Remembers where a definition keeps its doubts, and of which parts it is made. */
  made(definition: object, doubts: DefinitionProblem[], parts: readonly object[]): void;
  /** Says that a definition, or what it is made of, is changed after it was made. */
  taint(changed: Value, place: Place, why: string): void;
  /** Says that anything made so far may have been changed. */
  taintAll(place: Place, why: string): void;
  /** Says that the text is not followed to its end. */
  stop(problem: DefinitionProblem): void;
  stopped(): DefinitionProblem | null;
  /** A definition is made of others, which it keeps whatever their names mean later. */
  holds(definition: object, others: readonly Value[]): void;
  readonly held: ReadonlyMap<object, readonly Value[]>;
  /** The view that a name means when a training set is made. */
  viewNamed(name: string): Value | null;
  /** Adds a doubt to a definition that was made. */
  doubt(definition: object, problem: DefinitionProblem): void;
  /** What relative paths of data start from. */
  readonly folder: WorkingFolder;
}

function changedLater(place: Place, why: string): DefinitionProblem {
  const message = `What it is after this line is not known from the text: ${why}.`;
  return { code: "features/changed-later", message, severity: "error", place };
}

/** Problems of the text itself go to `problems`. */
export function readingOf(
  variablesOf: Reading["variablesOf"],
  folder: WorkingFolder,
  viewNamed: Reading["viewNamed"],
): Reading {
  const doubtsOf = new Map<object, DefinitionProblem[]>();
  const wholes = new Map<object, object[]>();
  const problems: DefinitionProblem[] = [];
  const held = new Map<object, readonly Value[]>();
  let stopped: DefinitionProblem | null = null;
  return {
    problems,
    references: [],
    doubts: [],
    variablesOf,
    made(definition, doubts, parts) {
      doubtsOf.set(definition, doubts);
      for (const part of parts) wholes.set(part, [...(wholes.get(part) ?? []), definition]);
    },
    taintAll(place, why) {
      if (doubtsOf.size === 0) return;
      const problem = changedLater(place, why);
      problems.push(problem);
      for (const doubts of doubtsOf.values()) doubts.push(problem);
    },
    taint(changed, place, why) {
      const part = definitionOf(changed);
      if (!part) return;
      const problem = changedLater(place, why);
      problems.push(problem);
      // A field that is changed before a view is made of it counts too.
      if (!doubtsOf.has(part)) doubtsOf.set(part, []);
      for (const each of [part, ...(wholes.get(part) ?? [])]) doubtsOf.get(each)?.push(problem);
    },
    stop(problem) {
      stopped ??= problem;
      problems.push(problem);
    },
    stopped: () => stopped,
    holds: (definition, others) => void held.set(definition, others),
    held,
    viewNamed: (name) => viewNamed(name),
    doubt: (definition, problem) => void doubtsOf.get(definition)?.push(problem),
    folder,
  };
}
