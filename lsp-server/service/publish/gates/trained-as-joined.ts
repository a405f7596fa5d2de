import { dirname, resolve } from "node:path";
import { counted } from "@lookback/kernel-bridge/counted.ts";
import { type NotJoined, rowsNotJoined } from "../release/rows-not-joined.ts";
import { failed, type Gate, passed, type Verdict } from "./gate.ts";

/** The rows that the model was fitted on are rows of the training join, by every column that the server will look up: what the notebook changes after the join, the server would not. */
export const trainedAsJoined: Gate = {
  id: "trained-as-joined",
  title: "Trained = joined",
  async run(candidate) {
    const { joined } = await candidate.rendered();
    if (joined === null) return passed("nothing is looked up: every input comes with the request");
    if (joined.set.features.length === 0) return passed(`${joined.set.name} has no feature to look up`);
    const folder = dirname(candidate.selection.path);
    const { inputs, sample } = await candidate.exported();
    const fitted = Object.fromEntries(
      inputs.map(({ name }, at) => [name, sample.rows.map((row) => row[at] ?? null)]),
    );
    return judgeJoined(await rowsNotJoined(joined, (path) => resolve(folder, path), fitted), joined.set.name);
  },
};

export function judgeJoined({ rows, missing, columns }: NotJoined, trainingSet: string): Verdict {
  if (rows === 0)
    return failed(
      `the model takes no feature of ${trainingSet}`,
      `The notebook defines the training set ${trainingSet}, and the model was not fitted on any of its features. Fit it on them, or take the training set out of the notebook: then every input comes with the request.`,
    );
  const evidence = `${counted(rows, "row")} of the fit, ${missing.toLocaleString("en-US")} not in the training join`;
  if (missing === 0) return passed(evidence);
  const by = [...columns].map(
    ([name, count]) => `${name}: ${counted(count, "row")} hold a value that it gives nowhere`,
  );
  return failed(
    evidence,
    [
      `The notebook changes rows between ${trainingSet} and the fit, which the server would not: it answers what it looks up. Make the step part of the model, a Pipeline, or of the definitions.`,
      ...(by.length === 0
        ? ["Each value is in the join, but not in one row together: rows were mixed."]
        : by),
    ].join("\n"),
  );
}
