import { scalar } from "../values/kinds.ts";
import type { Mark } from "../values/mark.ts";
import { noTraits, type Traits, unionTraits } from "../values/traits.ts";
import type { Value } from "../values/value.ts";

/** One number, or one a column, learned from all rows. */
export function statistic(traits: Traits, mark: Mark): Value {
  return scalar(
    undefined,
    unionTraits(
      { marks: new Map([[mark.id, mark]]), columns: noTraits.columns },
      { marks: traits.marks, columns: traits.columns },
    ),
  );
}
