import { outcomeWords, plannedPrefixes, recordedAfter } from "./outcome-words.ts";

/** Why a column's name says that it is recorded with the outcome, or after it. */
interface Reason {
  /** What goes on after the column's name. */
  readonly text: string;
  /** `like`: it is another view of the outcome; `after`: it is written down once that is there; `actual`: it stands beside a plan. */
  readonly by: "like" | "after" | "actual";
}

/** Why a column of this name is recorded with or after one of the outcomes; null when its name does not say so. */
export function reasonOf(
  name: string,
  outcomes: ReadonlySet<string>,
  known: ReadonlySet<string>,
): Reason | null {
  const words = wordsOf(name);
  if (words.some((word) => aggregateWords.has(word))) return null;
  for (const outcome of outcomes) {
    const group = groupOf(outcome);
    if (group && words.some((word) => startsWithAny(word, group)))
      return {
        text: `is named like the outcome \`${outcome}\`: it is measured when the outcome is, or after`,
        by: "like",
      };
    if (recordedAfter.some((pattern) => pattern.test(name.toLowerCase())))
      return { text: `is named like something recorded after the outcome \`${outcome}\``, by: "after" };
    const plan = plannedPrefixes.find((prefix) => known.has(`${prefix}${name}`));
    if (plan)
      return {
        text: `stands beside \`${plan}${name}\`: the actual value, known only once it happened`,
        by: "actual",
      };
  }
  return null;
}

/** Words that say a column sums up other rows, not this one. */
const aggregateWords: ReadonlySet<string> = new Set(
  "mean avg average median prev previous last prior past hist historical lag lagged rolling count num rate sched scheduled planned expected".split(
    " ",
  ),
);

function groupOf(outcome: string): readonly string[] | undefined {
  const words = wordsOf(outcome);
  return outcomeWords.find((stems) => words.some((word) => startsWithAny(word, stems)));
}

function startsWithAny(word: string, stems: readonly string[]): boolean {
  return stems.some((stem) => (stem.endsWith("$") ? word === stem.slice(0, -1) : word.startsWith(stem)));
}

function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word !== "");
}
