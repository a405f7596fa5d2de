import type { Data } from "../../facts/values/data.ts";
import { outcomeWords, plannedPrefixes, recordedAfter } from "./outcome-words.ts";

/** Why a column's name says that it is recorded with the outcome, or after it. */
interface Reason {
  /** What goes on after the column's name. */
  readonly text: string;
  /** `like`: it is another view of the outcome; `after`: it is written down once that is there; `actual`: it stands beside a plan. */
  readonly by: "like" | "after" | "actual";
}

/** Why a column's name says that it may be recorded with what is to be predicted, or after it; null when it does not say so. What it is, a name never tells for sure. */
export function reasonOf(
  name: string,
  target: Pick<Data, "column" | "origins">,
  known: ReadonlySet<string>,
): Reason | null {
  const words = wordsOf(name);
  const outcomes = outcomesOf(target);
  if (outcomes.size === 0 || words.some((word) => aggregateWords.has(word))) return null;
  for (const outcome of outcomes) {
    const group = groupOf(outcome);
    if (group && words.some((word) => startsWithAny(word, group)))
      return {
        text: `is named like ${told(outcome, target)}, and may be measured when that is, or after`,
        by: "like",
      };
  }
  if (recordedAfter.some((pattern) => pattern.test(name.toLowerCase()))) {
    const of = target.column ?? (outcomes.size === 1 ? [...outcomes][0] : undefined);
    return {
      text: `is named like something that may be recorded after the outcome${of === undefined ? "" : ` \`${of}\``}`,
      by: "after",
    };
  }
  const plan = plannedPrefixes.find((prefix) => known.has(`${prefix}${name}`));
  return plan === undefined
    ? null
    : {
        text: `stands beside \`${plan}${name}\`, and may be the actual value, known only once it happened`,
        by: "actual",
      };
}

/** The columns that say what is to be predicted: the label, and what it is computed from. */
export function outcomesOf({ column, origins }: Pick<Data, "column" | "origins">): ReadonlySet<string> {
  return new Set([...origins, ...(column === null ? [] : [column])]);
}

function told(outcome: string, { column, origins }: Pick<Data, "column" | "origins">): string {
  if (outcome === column || (column === null && origins.size === 1)) return `the outcome \`${outcome}\``;
  return `\`${outcome}\`, which the outcome${column === null ? "" : ` \`${column}\``} is computed from`;
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
