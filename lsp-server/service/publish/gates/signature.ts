import { counted } from "@lookback/kernel-bridge/counted.ts";
import type { Plan } from "@lookback/pipeline/plan/plan.ts";
import type { Selection } from "../selection.ts";
import { failed, type Gate, passed, type Verdict, warned } from "./gate.ts";

/** One model ships: a run that fitted others is let through, and says so. Every input of the model has a name, a type and a place it comes from, and the example has a value for each that a caller gives. */
export const signature: Gate = {
  id: "signature",
  title: "Signature",
  async run(candidate) {
    const { model, exportError } = await candidate.rehearsal();
    if (model === null) return failed(`the model cannot be served: ${exportError}`);
    return judgeSignature((await candidate.rendered()).plan, candidate.selection);
  },
};

export function judgeSignature(
  { model, example }: Pick<Plan, "model" | "example">,
  { model: fitted, run }: Pick<Selection, "model" | "run">,
): Verdict {
  const fromViews = model.inputs.filter((input) => input.from === "view").length;
  const given = model.inputs.filter((input) => input.from === "request");
  const missing = given
    .filter((input) => (example.inputs[input.name] ?? null) === null && !mayBeMissing(model, input.type))
    .map((input) => input.name);
  if (model.inputs.length === 0) return failed("the model has no inputs");
  if (missing.length > 0)
    return failed(
      `the example has no value for ${missing.join(", ")}`,
      "No row that the model was fitted on has one in each of them, and the server takes no request without.",
    );
  const detail = model.inputs
    .map(
      (input) =>
        `${input.name}: ${input.type}, ${input.from === "view" ? `from ${input.view}` : "from the request"}`,
    )
    .join("\n");
  const evidence = `${counted(model.inputs.length, "input")}, ${fromViews} looked up, ${given.length} from the request`;
  const names = new Set(
    run?.models.flatMap(({ variable, predicts }) => (predicts === false ? [] : (variable ?? []))),
  );
  names.delete(fitted?.variable ?? "");
  if (names.size === 0) return passed(evidence, detail);
  return warned(
    `${evidence}; of ${counted(names.size + 1, "model")} that the run fitted ${fitted?.variable} ships`,
    `Not shipped: ${[...names].join(", ")}. A score may be theirs.\n${detail}`,
  );
}

/** Whether the server takes a request in which such an input is missing. */
function mayBeMissing({ runtime }: Plan["model"], type: Plan["model"]["inputs"][number]["type"]): boolean {
  return runtime.kind === "python" || type === "double";
}
