import { argument } from "../../calls/arguments.ts";
import { folds } from "../../calls/split-rows.ts";
import { unknown } from "../../values/kinds.ts";
import type { Reference } from "../../values/reference.ts";
import type { EstimatorCall } from "./estimator-call.ts";

/** The folds of a splitter. */
export function split({ program, owner, value, role, given: first, args, at }: EstimatorCall): Reference {
  if (role !== "splitter") return program.store.allocate(unknown);
  return folds(program, owner, value, { first, groups: argument(args, 2, "groups"), at });
}
