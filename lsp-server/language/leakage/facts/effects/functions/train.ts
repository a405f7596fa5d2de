import { argument } from "../../calls/arguments.ts";
import { trainedModel } from "../../calls/call-model.ts";
import { derived } from "../../values/derive.ts";
import type { Reference } from "../../values/reference.ts";
import type { FunctionCall } from "../effect.ts";

/** A function that trains: `xgboost.train(params, rows)`. */
export function train({ program, args, call }: FunctionCall): Reference {
  const data = argument(args, 1, "dtrain", "train_set", "pool");
  if (data) {
    // `xgboost.train(params, rows, rounds, evals)`, and so LightGBM's.
    const watched = argument(args, 3, "evals", "valid_sets");
    const named = args.filter(({ name }) => name !== null);
    const given = watched?.name === null ? [...named, { ...watched, name: "evals" }] : named;
    const [target] = program.current?.targets ?? [];
    const label = target?.op === "name" ? target.name : "booster";
    return trainedModel(program, label, data, given, call.at);
  }
  return program.store.allocate(
    derived(
      program,
      args.map((arg) => arg.value),
    ),
  );
}
