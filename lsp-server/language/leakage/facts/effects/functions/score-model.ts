import { argument } from "../../calls/arguments.ts";
import { noteScored } from "../../calls/score-model.ts";
import { scalar } from "../../values/kinds.ts";
import type { Reference } from "../../values/reference.ts";
import type { FunctionCall } from "../effect.ts";

/** `RocCurveDisplay.from_estimator(model, X, y)`: the model answers about the rows, and the answers are scored. */
export function scoreModel({ program, name, args, call }: FunctionCall): Reference {
  const { store } = program;
  const model = argument(args, 0, "estimator");
  const rows = argument(args, 1, "X");
  if (model && rows)
    noteScored(
      program,
      [store.read(program.callAttribute(model.reference, "predict", [rows], call))],
      name,
      call.at,
    );
  return store.allocate(scalar(undefined));
}
