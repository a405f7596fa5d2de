import { derived } from "../../values/derive.ts";
import type { Reference } from "../../values/reference.ts";
import type { EstimatorCall } from "./estimator-call.ts";

/** Batches of the rows it is given. */
export function flow({ program, args }: EstimatorCall): Reference {
  return program.store.allocate(
    derived(
      program,
      args.map((arg) => arg.value),
    ),
  );
}
