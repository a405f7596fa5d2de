import type { Expression } from "../../ir.ts";
import type { FixKind } from "../fix-kind.ts";
import { changeBetween } from "../left-alone.ts";
import { expressionAt, statementIndex } from "../names.ts";
import { Obstacle } from "../obstacle.ts";
import { arraysOf } from "../training-rows/parts.ts";

/** What is fitted on all rows below their split is fitted on the training part. */
export const fitOnTrain: FixKind = {
  id: "fit-on-train",
  rules: ["refit-on-all-then-test", "tune-on-test"],
  plan({ mark, evaluations: [evaluation] = [] }, facts) {
    const at = mark?.at ?? evaluation?.fit.at;
    const call = at ? expressionAt(facts, at) : null;
    if (!at || call?.op !== "call" || call.callee.op !== "attribute" || !call.callee.name.startsWith("fit"))
      return [];
    const [rows, labels, ...others] = call.args.filter(
      ({ name }) => name === null || name === "X" || name === "y",
    );
    if (!rows || !labels || others.length > 0) return [];
    const obstacles: Obstacle[] = [];
    const index = statementIndex(facts, at);
    for (const split of facts.splits.values()) {
      const { targets } = split;
      const isAbove =
        statementIndex(facts, split.at) < index || (split.at.cell === at.cell && split.at.from < at.from);
      if (split.label !== "train_test_split" || targets?.length !== 4 || !isAbove) continue;
      const arrays = arraysOf(facts, split)?.map((one) => facts.textOf(one.at)) ?? [];
      const trainOf = (one: Expression) => targets[2 * arrays.indexOf(facts.textOf(one.at))];
      const [train, trainLabels] = [trainOf(rows.value), trainOf(labels.value)];
      if (train === undefined || trainLabels === undefined) continue;
      const parted = statementIndex(facts, split.at);
      const change = parted < index ? changeBetween(facts, [train, trainLabels], parted, index) : null;
      if (change) obstacles.push(change);
      if (change) continue;
      return [
        {
          title: `Fit on ${train} and ${trainLabels}`,
          kind: "automatic",
          edits: [
            { cellId: at.cell, range: rows.value.at, newText: train },
            { cellId: at.cell, range: labels.value.at, newText: trainLabels },
          ],
        },
      ];
    }
    const { name } = call.callee;
    return (
      obstacles[0] ??
      new Obstacle(
        `what \`${name}\` is told is not cut by a \`train_test_split\` above it: split these rows first, and fit on the training part`,
      )
    );
  },
};
