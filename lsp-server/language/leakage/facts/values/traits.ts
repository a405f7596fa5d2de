import type { Place } from "../../ir.ts";
import type { Mark, MarkKind, Marks } from "./mark.ts";

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
    const added = marks.size < mostMarks ? part.marks : lastingAmong(marks, part.marks);
    for (const [id, mark] of added) marks.set(id, mark);
    for (const name of part.columns) columns.add(name);
    picked ??= part.picked;
    isPart ||= part.isPart;
  }
  return { marks, columns, picked, isPart };
}

/** What either has; of a history longer than anybody reads, the beginning, and what must not get lost. */
export function unionMarks(a: Marks, b: Marks): Marks {
  if (a === b || b.size === 0) return a;
  if (a.size === 0) return b;
  const added = a.size < mostMarks ? b : lastingAmong(a, b);
  let isNew = false;
  for (const id of added.keys()) if (!a.has(id)) isNew = true;
  return isNew ? new Map([...a, ...added]) : a;
}

/** What a full history still takes in of another. */
function lastingAmong(full: Marks, others: Marks): Marks {
  return new Map([...others].filter(([, mark]) => hasRoom(full, mark)));
}

/** Whether a history that has these takes in one more. */
function hasRoom({ size }: Marks, { kind }: Mark): boolean {
  return size < mostMarks || (size < 2 * mostMarks && lasting.has(kind));
}

const mostMarks = 250;

/** What must not get lost: what a model answered and how well, which makes a score one, and what was not understood, which is said. */
const lasting: ReadonlySet<MarkKind> = new Set(["judged", "predicted", "score", "unfollowed", "unread"]);

/** The same traits with one more mark. */
export function marked(traits: Traits, mark: Mark): Traits {
  return traits.marks.has(mark.id) || !hasRoom(traits.marks, mark)
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
