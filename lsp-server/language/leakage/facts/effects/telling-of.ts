import type { Mark } from "../values/mark.ts";
import { noColumns } from "../values/traits.ts";
import type { Value } from "../values/value.ts";
import { withTraits } from "../values/value-traits.ts";

/** What two values say of each other: of each that is one column, with a mark of its own. */
export function tellingOf(answer: Value, mark: Mark, values: readonly Value[]): Value {
  const columns = values.flatMap(({ column }) => (column === null ? [] : [column]));
  if (columns.length === 0) return answer;
  const marks = columns.map((of): [string, Mark] => {
    const id = `${mark.id} of ${of}`;
    return [id, { ...mark, id, of }];
  });
  return withTraits(answer, { marks: new Map(marks), columns: noColumns });
}
