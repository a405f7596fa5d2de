import { argument } from "../../calls/arguments.ts";
import { trainedModel } from "../../calls/call-model.ts";
import { derived } from "../../values/derive.ts";
import type { Reference } from "../../values/value.ts";
import type { FunctionCall } from "../effect.ts";

/** A function that trains: `xgboost.train(params, rows)`. */
export function train({ program, args, call }: FunctionCall): Reference {
  const data = argument(args, 1, "dtrain", "train_set", "pool");
  if (data) return trainedModel(program, "the booster", data, args, call.at);
  return program.store.allocate(
    derived(
      program,
      args.map((arg) => arg.value),
    ),
  );
}
