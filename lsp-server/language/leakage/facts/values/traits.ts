import type { Place } from "../../ir.ts";
import type { Mark, Marks } from "./mark.ts";

/** What is known of one column, or of a value that is one. */
export interface Traits {
  readonly marks: Marks;
  /** Names of the columns it was computed from; its own name when it was read as it is. */
  readonly columns: ReadonlySet<string>;
  /** Where a list of columns names it. */
  readonly picked?: Place | undefined;
  /** It says a part of what they say, or something else about it: the hour of a moment, the length of a text. */
  readonly isPart?: boolean | undefined;
}

const noMarks: Marks = new Map();
/** No column, and no item. */
export const noColumns: ReadonlySet<string> = new Set();

/** Nothing is known. */
export const noTraits: Traits = { marks: noMarks, columns: noColumns };

/** What either has. */
export function unionTraits(a: Traits, b: Traits): Traits {
  if (a === b || b === noTraits) return a;
  if (a === noTraits) return b;
  return {
    marks: unionMarks(a.marks, b.marks),
    columns: unionNames(a.columns, b.columns),
    picked: a.picked ?? b.picked,
    isPart: a.isPart || b.isPart,
  };
}

/** What any has, gathered in one go. */
export function unionOfAll(first: Traits, others: Iterable<Traits>): Traits {
  const marks = new Map(first.marks);
  const columns = new Set(first.columns);
  let { picked, isPart } = first;
  for (const part of others) {
    if (marks.size < mostMarks) for (const [id, mark] of part.marks) marks.set(id, mark);
    for (const name of part.columns) columns.add(name);
    picked ??= part.picked;
    isPart ||= part.isPart;
  }
  return { marks, columns, picked, isPart };
}

/** What either has; of a history longer than anybody reads, the beginning. */
export function unionMarks(a: Marks, b: Marks): Marks {
  if (a === b || b.size === 0 || a.size >= mostMarks) return a;
  if (a.size === 0) return b;
  let isNew = false;
  for (const id of b.keys()) if (!a.has(id)) isNew = true;
  return isNew ? new Map([...a, ...b]) : a;
}

const mostMarks = 250;

/** The same traits with one more mark. */
export function marked(traits: Traits, mark: Mark): Traits {
  return traits.marks.has(mark.id) || traits.marks.size >= mostMarks
    ? traits
    : { ...traits, marks: new Map([...traits.marks, [mark.id, mark]]) };
}

/** The traits of a column that was read as it is. */
export function columnTraits(name: string, from: Traits = noTraits): Traits {
  return { marks: from.marks, columns: new Set([name]) };
}

/** The same traits with other marks in the place of their own. */
export function changeMarks(traits: Traits, change: (mark: Mark) => Mark): Traits {
  if (traits.marks.size === 0) return traits;
  const marks = [...traits.marks.values()].map(change);
  return { ...traits, marks: new Map(marks.map((mark) => [mark.id, mark])) };
}

function unionNames(a: ReadonlySet<string>, b: ReadonlySet<string>): ReadonlySet<string> {
  if (a === b || b.size === 0 || a.size >= mostMarks) return a;
  if (a.size === 0) return b;
  let isNew = false;
  for (const name of b) if (!a.has(name)) isNew = true;
  return isNew ? new Set([...a, ...b]) : a;
}
