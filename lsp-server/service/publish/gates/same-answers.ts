import { counted } from "@lookback/kernel-bridge/counted.ts";
import { isProved, type Proof } from "../rehearse/prove-same.ts";
import type { Rehearsal } from "../rehearse/rehearsal.ts";
import { failed, type Gate, passed, type Verdict } from "./gate.ts";

/**
 * What ran again made the model that the run made: its answers to the rows that the run kept are the same, and so is every score, in the order
 * in which they were computed. Where nothing was kept nobody can say so, and it fails.
 */
export const sameAnswers: Gate = {
  id: "same-answers",
  title: "Gives the same answers",
  async run(candidate) {
    const rehearsal = await candidate.rehearsal();
    return judgeProof(rehearsal, candidate.selection.model?.variable ?? "the model");
  },
};

export function judgeProof(
  { proof, isAsItRan }: Pick<Rehearsal, "proof" | "isAsItRan">,
  variable: string,
): Verdict {
  if (proof === null) return failed("nothing to compare: the notebook did not run to its end");
  const scores = sayScores(proof);
  const model = sayModel(proof, variable);
  const detail = [...model.detail, ...scores.detail].join("\n");
  const evidence = [model.evidence, scores.evidence].filter((each) => each !== "").join("; ");
  if (isProved(proof)) return passed(evidence, detail === "" ? null : detail);
  const advice =
    proof.model === "nothing"
      ? `Run the notebook again with recording on; a cell that asks it, \`${variable}.predict(…)\`, gives a run something to compare where it has nothing.`
      : isAsItRan
        ? "Every execution as it ran makes it again: cells were edited, or ran more than once, or in another order than their last. Restart the kernel, run all cells, and publish that run."
        : "Most often a seed is missing: give `random_state=`, or seed the generator in a cell of its own. Then run all cells again and publish that run.";
  return failed(evidence, [advice, detail].filter((each) => each !== "").join("\n"));
}

function sayModel({ model, answers }: Proof, variable: string) {
  const detail = answers.map(({ said }) => `${variable}: ${said}`);
  switch (model) {
    case "bytes":
      return { evidence: `${variable} is the same to the byte`, detail };
    case "answers":
      return { evidence: `${variable} answers ${counted(rowsOf(answers), "row")} as it did`, detail };
    case "differs": {
      const rows = answers.reduce((sum, { differing }) => sum + differing, 0);
      return {
        evidence:
          answers.length === 0
            ? `${variable} was not fitted again as it was`
            : `${variable} answers ${counted(rows, "row")} of ${rowsOf(answers).toLocaleString("en-US")} otherwise than it did`,
        detail,
      };
    }
    case "nothing":
      return {
        evidence: `the run kept no answer of ${variable}, so nobody can say whether it is the same`,
        detail,
      };
  }
}

function rowsOf(answers: Proof["answers"]): number {
  return answers.reduce((sum, { rows }) => sum + rows, 0);
}

function sayScores({ scores }: Proof) {
  const lines = scores.map(
    ({ name, recorded, again }) => `${name}: ${recorded} then, ${again ?? "nothing"} now`,
  );
  const different = scores.flatMap(({ isSame }, at) => (isSame ? [] : [lines[at]!]));
  const evidence =
    scores.length === 0
      ? ""
      : different.length > 0
        ? `${different.length} of ${counted(scores.length, "score")} ${different.length === 1 ? "differs" : "differ"}: ${different[0]}`
        : `${scores.length} of ${counted(scores.length, "score")} the same`;
  return { evidence, detail: lines };
}
