import { counted } from "@lookback/kernel-bridge/counted.ts";
import type { Plan } from "@lookback/pipeline/plan/plan.ts";
import { failed, type Gate, passed, type Verdict } from "./gate.ts";

/** Every input of the model has a name, a type and a place it comes from, and the example has a value for each that a caller gives. */
export const signature: Gate = {
  id: "signature",
  title: "Signature",
  async run(candidate) {
    const { model, exportError } = await candidate.rehearsal();
    if (model === null) return failed(`the model cannot be written as ONNX: ${exportError}`);
    return judgeSignature((await candidate.rendered()).plan);
  },
};

export function judgeSignature({ model, example }: Pick<Plan, "model" | "example">): Verdict {
  const fromViews = model.inputs.filter((input) => input.from === "view").length;
  const given = model.inputs.filter((input) => input.from === "request");
  const missing = given
    .filter((input) => (example.inputs[input.name] ?? null) === null)
    .map((input) => input.name);
  if (model.inputs.length === 0) return failed("the model has no inputs");
  if (missing.length > 0) return failed(`the example has no value for ${missing.join(", ")}`);
  const detail = model.inputs
    .map(
      (input) =>
        `${input.name}: ${input.type}, ${input.from === "view" ? `from ${input.view}` : "from the request"}`,
    )
    .join("\n");
  return passed(
    `${counted(model.inputs.length, "input")}, ${fromViews} looked up, ${given.length} from the request`,
    detail,
  );
}
