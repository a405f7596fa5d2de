import { argument } from "../../calls/arguments.ts";
import { noteFit, record } from "../../calls/score-model.ts";
import { splitOf } from "../../calls/split-rows.ts";
import { dataOf } from "../../values/data-of.ts";
import { scalar, unknown } from "../../values/kinds.ts";
import type { Reference } from "../../values/reference.ts";
import { noTraits } from "../../values/traits.ts";
import type { FunctionCall } from "../effect.ts";

/** A model fitted and scored on folds of the rows it is given. */
export function crossValidate({ program, name, args, call }: FunctionCall): Reference {
  const { store } = program;
  const { at } = call;
  const estimator = argument(args, 0, "estimator");
  const inputs = argument(args, 1, "X");
  const target = argument(args, 2, "y");
  if (!estimator || !inputs) return store.allocate(unknown);
  const data = dataOf(inputs.value, inputs.expression.at, store.read);
  const splitter = argument(args, -1, "cv")?.value;
  if (splitter?.model?.role === "splitter")
    splitOf(program, splitter.path ?? "the splitter", splitter.model, {
      data,
      groups: argument(args, -1, "groups"),
      at,
    });
  const fit = noteFit(program, {
    at,
    statement: program.current?.at ?? at,
    model: estimator.value.path ?? "the model",
    inputs: data,
    target: target ? dataOf(target.value, target.expression.at, store.read) : null,
    watched: [],
    stopping: null,
    isContinued: false,
  });
  record(program, fit, name, data, at, {
    isFolds: true,
    chosenBy: estimator.value.model?.chosenBy ?? new Map(),
  });
  return store.allocate(
    name === "cross_val_predict"
      ? { ...unknown, rows: data.rows, rest: { marks: data.marks, columns: noTraits.columns } }
      : scalar(undefined),
  );
}
