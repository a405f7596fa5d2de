import { makeModel } from "../../calls/call-model.ts";
import type { Reference } from "../../values/reference.ts";
import type { FunctionCall } from "../effect.ts";

/** Steps as one estimator. */
export function pipeline({ program, args, call }: FunctionCall): Reference {
  return makeModel(program, "Pipeline", "pipeline", args, call.at);
}

/** Transformers beside each other as one. */
export function union({ program, name, args, call }: FunctionCall): Reference {
  return makeModel(program, name, "union", args, call.at);
}
