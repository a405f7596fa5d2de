import type { Program } from "../program.ts";
import type { Code } from "../values/code.ts";
import { joinValues } from "../values/join-values.ts";
import { constantOf, dictOf, listOf, unknown } from "../values/kinds.ts";
import type { Reference } from "../values/reference.ts";
import type { Store } from "../values/store.ts";
import type { Passed } from "../values/value.ts";

/** Gives a function that begins to run its arguments, by place and by name. */
export function bindParameters(program: Program, code: Code, args: readonly Passed[]): void {
  const { store } = program;
  const params = code.self === null ? code.params : code.params.slice(1);
  const self = code.params[0];
  if (code.self !== null && self) store.bind(self.name, code.self);
  // What nobody knows the names of may be for any parameter.
  const isWhole = args.every(({ spread }) => spread === null);
  const positional = args.filter((arg) => arg.name === null);
  params.forEach((param, at) => {
    const passed =
      args.find((arg) => arg.name === param.name) ?? (param.spread === null ? positional[at] : undefined);
    if (passed) store.bind(param.name, code.isWrapped ? maybeOther(store, passed) : passed.reference);
    else if (param.spread === "**") {
      const known = new Set(params.map(({ name }) => name));
      const others = args.filter(({ name }) => name !== null && !known.has(name));
      const entries = new Map(others.map((arg) => [arg.name ?? "", arg.reference]));
      store.bind(param.name, store.allocate(dictOf(entries)));
    } else if (param.spread === "*") {
      store.bind(param.name, store.allocate(listOf(positional.slice(at).map((arg) => arg.reference))));
    } else if (param.otherwise) {
      const otherwise = program.evaluate(param.otherwise);
      store.bind(
        param.name,
        isWhole && !code.isWrapped ? otherwise : store.allocate(joinValues(store.read(otherwise), unknown)),
      );
    } else store.bind(param.name, store.allocate(unknown));
  });
}

/** What a call writes out, where a wrapper around the function may pass something else on. */
function maybeOther(store: Store, { reference, value }: Passed): Reference {
  return constantOf(value) === undefined ? reference : store.allocate(joinValues(value, unknown));
}
