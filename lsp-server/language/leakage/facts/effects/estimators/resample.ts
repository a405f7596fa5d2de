import { listOf } from "../../values/kinds.ts";
import { markOf } from "../../values/learn.ts";
import type { Reference } from "../../values/reference.ts";
import { withMark } from "../../values/value-traits.ts";
import type { EstimatorCall } from "./estimator-call.ts";

/** Rows repeated, made up or left out until the classes balance. */
export function resample({ program, value, args, at }: EstimatorCall): Reference {
  const { store } = program;
  const rows = args[0]?.value.rows ?? null;
  const mark = markOf("resample", value.path ?? "the sampler", at, rows);
  const items = args.slice(0, 2).map((arg) => store.allocate({ ...withMark(arg.value, mark), owner: null }));
  return store.allocate(listOf(items));
}
