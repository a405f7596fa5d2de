import type { Again } from "./again.ts";
import { cellNumbers } from "./cell-numbers.ts";
import { differencesOfCells } from "./judge-cells.ts";
import { differencesOfData, inputsNotAlike } from "./judge-data.ts";
import { differencesOfModels } from "./judge-models.ts";
import { judgeScores } from "./judge-scores.ts";
import type { Count, Difference, Reproduction } from "./reproduction.ts";
import { sentenceOf } from "./sentence-of.ts";

/** What came of running a run again. What could not be compared never counts as the same. */
export function judgeReproduction(given: Again): Reproduction {
  const { recorded, again } = given;
  const number = cellNumbers(recorded.run);
  const cells = differencesOfCells(given, number);
  const isWhole = again.run.cells.length === recorded.run.cells.length && cells.isEndTheSame;
  const data = differencesOfData(given, number, isWhole);
  const models = differencesOfModels(given, number, isWhole);
  const { scores, differences: otherScores } = judgeScores(given, number, isWhole);
  const scored = scores.flatMap(({ name, cell, outcome, recorded: was, again: is, test }): Difference[] =>
    outcome !== "different"
      ? []
      : [
          {
            cell,
            what: `${name} is ${is === null ? "not computed" : is} where it was ${was}${test === null ? "" : ` (${test})`}`,
            isChance: false,
          },
        ],
  );
  const found = [...cells.differences, ...data.differences, ...models.differences, ...otherScores, ...scored];
  const isTested = scores.length > 0 && scored.length === 0;
  // Without a score nothing says whether chance explains it.
  const differences = inOrder(found).map((each) => ({ ...each, isChance: each.isChance && isTested }));
  const notCompared = [
    ...given.hindrances,
    ...inputsNotAlike(given),
    ...cells.notCompared,
    ...data.notCompared,
  ];
  const counts = {
    cells: cells.count,
    files: data.count,
    models: models.count,
    scores: {
      same: scores.filter(({ outcome }) => outcome !== "different").length,
      of: scores.length,
    } as Count,
  };
  const isTestNeeded = differences.length > 0 || scores.some(({ outcome }) => outcome !== "identical");
  const verdict = differences.some(({ isChance }) => !isChance)
    ? "differs"
    : notCompared.length > 0
      ? "not all compared"
      : isTestNeeded
        ? "statistically the same"
        : "identical";
  const told = { run: recorded.run.id, verdict, differences, notCompared, scores, counts } as const;
  return { ...told, sentence: sentenceOf(told), remarks: [...given.remarks, ...models.remarks] };
}

/** As the cells stand; what is of no cell comes last. */
function inOrder(differences: readonly Difference[]): Difference[] {
  const place = ({ cell }: Difference) => cell ?? Number.POSITIVE_INFINITY;
  return [...differences].sort((a, b) => (place(a) === place(b) ? 0 : place(a) - place(b)));
}
