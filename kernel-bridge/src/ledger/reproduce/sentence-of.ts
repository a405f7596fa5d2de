import { counted } from "../../counted.ts";
import { inWords } from "../compare/verdict/in-words.ts";
import type { Count, Reproduction, ScoreOutcome } from "./reproduction.ts";

/** The verdict as people read it. */
export function sentenceOf(of: Omit<Reproduction, "sentence" | "remarks">): string {
  const { verdict, differences, notCompared } = of;
  const open = notCompared.map(({ what, reason }) => `${what} (${reason})`);
  const unsaid = open.length === 0 ? "" : ` Not compared: ${cut(open)}.`;
  if (verdict === "identical") return `Identical: ${sameOf(of)}.`;
  if (verdict === "not all compared")
    return `Not all could be compared: ${cut(open)}.${of.counts.cells.of === 0 ? "" : ` What could be: ${sameOf(of)} the same.`}`;
  if (verdict === "statistically the same") {
    const chance = differences.map(({ cell, what }) => `${cell === null ? "" : `cell ${cell}: `}${what}`);
    const also = chance.length === 0 ? "" : ` Not identical: ${cut(chance)}.`;
    return `Statistically the same: ${counted(of.scores.length, "score")}, ${tests(of.scores)}.${also}`;
  }
  const first = differences.find(({ isChance }) => !isChance) ?? differences[0];
  const more = differences.length - 1;
  const rest = more > 0 ? ` (and ${counted(more, "other difference")})` : "";
  const where = first?.cell == null ? "Differs" : `First differs in cell ${first.cell}`;
  return `${where}: ${first?.what ?? "nothing ran"}${rest}.${unsaid}`;
}

function sameOf({ counts }: Pick<Reproduction, "counts">): string {
  const { cells, files, models, scores } = counts;
  const told = ({ same, of }: Count, noun: string) =>
    of === 0 ? [] : [`${same === of ? "" : `${same} of `}${counted(of, noun)}`];
  return [
    `${cells.same} of ${counted(cells.of, "cell")}`,
    ...told(files, "file"),
    ...told(models, "model"),
    ...told(scores, "score"),
  ].join(", ");
}

/** How many by which outcome, and of the tests the least probability. */
function tests(scores: readonly ScoreOutcome[]): string {
  const count = (outcome: ScoreOutcome["outcome"]) =>
    scores.filter((each) => each.outcome === outcome).length;
  const tested = scores.filter(({ outcome }) => outcome === "statistically the same");
  const probability = ({ test }: ScoreOutcome) => Number(/p = ([\d.]+)$/.exec(test ?? "")?.[1] ?? 1);
  const least = [...tested].sort((a, b) => probability(a) - probability(b))[0];
  return inWords([
    ...(count("identical") > 0 ? [`${count("identical")} identical`] : []),
    ...(count("within tolerance") > 0 ? [`${count("within tolerance")} within the tolerance`] : []),
    ...(least === undefined
      ? []
      : [`${tested.length} by test at 5 % (${tested.length > 1 ? "the least: " : ""}${least.test})`]),
  ]);
}

function cut(parts: readonly string[]): string {
  const shown = parts.slice(0, 3).join("; ");
  return parts.length > 3 ? `${shown}; and ${parts.length - 3} more` : shown;
}
