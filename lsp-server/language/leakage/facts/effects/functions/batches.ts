import { passedAt } from "../../calls/arguments.ts";
import { boundTo } from "../../calls/call-own.ts";
import { rowsOfValue } from "../../values/data-of.ts";
import { derived } from "../../values/derive.ts";
import { foldsOf, listOf, scalar, unknown } from "../../values/kinds.ts";
import type { Reference } from "../../values/reference.ts";
import type { FunctionCall } from "../effect.ts";

/** `TensorDataset(X, y)`: whoever goes through it meets parts of both. */
export function dataset({ program, args }: FunctionCall): Reference {
  const { store } = program;
  const pair = store.allocate(listOf(args.map((arg) => arg.reference)));
  const rows = rowsOfValue(store.read(pair), store.read);
  return store.allocate(foldsOf([pair], rows));
}

/** `DataLoader(dataset)`: batches of what the dataset holds; a dataset of the notebook's own says so itself, by `__getitem__`. */
export function batches({ program, args, call }: FunctionCall): Reference {
  const { store } = program;
  const [source] = args;
  if (!source) return store.allocate(unknown);
  if (source.value.kind === "folds") return source.reference;
  const item = source.value.code?.methods?.get("__getitem__");
  if (item) {
    const place = passedAt(program, store.allocate(scalar(undefined)), call.at);
    const batch = program.invoke(boundTo(item, source.reference), [place]);
    return store.allocate(foldsOf([batch], rowsOfValue(store.read(batch), store.read)));
  }
  return store.allocate(
    derived(
      program,
      args.map((arg) => arg.value),
    ),
  );
}
