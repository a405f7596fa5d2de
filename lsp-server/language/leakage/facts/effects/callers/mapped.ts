import { passedAt } from "../../calls/arguments.ts";
import type { Program } from "../../program.ts";
import { elementsOf } from "../../values/derive.ts";
import { listOf, unknown } from "../../values/kinds.ts";
import type { Reference } from "../../values/reference.ts";
import type { Passed } from "../../values/value.ts";
import type { FunctionCall } from "../effect.ts";

/** A function called with what stands at the same place in each source. */
export function mapped(
  program: Program,
  callback: Passed,
  sources: readonly Passed[],
  isStar: boolean,
  call: FunctionCall["call"],
): Reference {
  const { store } = program;
  const lists = sources
    .filter((source) => source.name === null)
    // Of a table, the whole of it stands for each of its parts.
    .map(({ value, reference }) => (value.items || value.entries ? elementsOf(program, value) : [reference]));
  const turns = lists.length === 0 ? 0 : Math.min(...lists.map((list) => list.length));
  const answers = Array.from({ length: turns }, (_, at) => {
    const given = lists.flatMap((list) => list.slice(at, at + 1));
    const [only] = given;
    const spread = isStar && only !== undefined ? (store.read(only).items ?? given) : given;
    return program.call(
      callback.reference,
      spread.map((one) => passedAt(program, one, call.at)),
      call,
    );
  });
  const isList = sources.every(({ value }) => value.items !== null || value.entries !== null);
  return isList ? store.allocate(listOf(answers)) : (answers[0] ?? store.allocate(unknown));
}
