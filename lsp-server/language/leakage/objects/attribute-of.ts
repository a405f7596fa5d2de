import type { Run } from "./run.ts";
import { type Code, only, type Thing, type Things, thing } from "./thing.ts";

/** An attribute shows what it is of; of the notebook's own objects a method is told apart. `at` is where it is asked. */
export function attributeOf(at: object, of: Things, name: string, run: Run): Things {
  const all = new Set<Thing>();
  const shown: Thing[] = [];
  for (const one of of) {
    if (one.kind === "path") {
      all.add(run.path(`${one.path}.${name}`));
      continue;
    }
    const method = one.ownClass?.methods.get(name);
    if (method && !one.ownClass?.implicit.has(name))
      all.add(thing("function", [], { code: boundTo(one, method) }));
    else if (one.kind === "library") shown.push(one);
    else {
      all.add(one);
      for (const held of run.reachable([one])) all.add(held);
    }
  }
  if (shown.length > 0)
    all.add(
      run.make(at, "library", shown, { isView: true, isFixed: name === "columns" || name === "index" }),
    );
  return all;
}

/** A method, as it is asked of an object or a class. */
export function boundTo(one: Thing, method: Code): Code {
  const isTold = method.isOf === "class" || (method.isOf === "object" && one.kind === "own");
  return isTold ? { ...method, before: [only(one.itself ?? one)] } : method;
}
