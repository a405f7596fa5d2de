import { argument, constantArgument } from "../../calls/arguments.ts";
import { loopsAround } from "../../calls/split-rows.ts";
import type { Program } from "../../program.ts";
import { dataOf, rowsOfValue } from "../../values/data-of.ts";
import { asData, constantOf, listOf, unknown } from "../../values/kinds.ts";
import type { Reference } from "../../values/reference.ts";
import { limited } from "../../values/rows.ts";
import type { Split } from "../../values/split.ts";
import { unordered } from "../../values/time-order.ts";
import type { Passed } from "../../values/value.ts";
import type { FunctionCall } from "../effect.ts";

/** `train_test_split`: each array in two halves that share no row. */
export function split({ program, name, path, args, call }: FunctionCall): Reference {
  const { store, facts } = program;
  const { at } = call;
  const arrays = args.filter((arg) => arg.name === null && arg.spread === null);
  const isOrdered = isInTime(name, path) || constantArgument(args, -1, "shuffle") === false;
  const spread = args.filter((arg) => arg.spread === "*").flatMap((arg) => arg.value.items ?? []);
  const inputs = [...arrays.map((arg) => arg.reference), ...spread];
  const [first] = inputs.map((reference) => dataOf(store.read(reference), at, store.read));
  if (!first) return store.allocate(unknown);
  const made: Split = {
    id: `split:${at.cell}:${at.from}`,
    loops: loopsAround(program),
    at,
    how: isOrdered ? "ordered" : "random",
    label: name,
    inputs: first,
    decidedAt: at,
    statement: program.current?.at ?? at,
    targets: targetNames(program),
    hasStratify: argument(args, -1, "stratify") !== null,
    isSeeded: isWritten(argument(args, -1, "random_state", "seed")),
    folds: null,
    gap: 0,
    together: null,
  };
  facts.splits.set(made.id, made);
  const items = inputs.flatMap((reference) => {
    const value = store.read(reference);
    const rows = rowsOfValue(value, store.read);
    return ["train", "test"].map((side) =>
      store.allocate({
        ...(value.kind === "scalar" ? asData(value) : value),
        owner: null,
        frame: isOrdered ? value.frame : unordered(value.frame),
        rows: rows && limited(rows, { cut: made.id, side, bound: "" }),
      }),
    );
  });
  return store.allocate(listOf(items));
}

/** Libraries of series cut them in two where a moment is. */
function isInTime(name: string, path: string): boolean {
  return name === "temporal_train_test_split" || path.startsWith("pmdarima.");
}

/** Whether a seed is given that is not None. */
function isWritten(seed: Passed | null): boolean {
  return seed !== null && constantOf(seed.value) !== null;
}

function targetNames(program: Program): readonly string[] | null {
  const [target] = program.current?.targets ?? [];
  if (target?.op !== "tuple") return null;
  const names = target.items.map((item) => (item.op === "name" ? item.name : null));
  return names.every((name) => name !== null) ? names : null;
}
