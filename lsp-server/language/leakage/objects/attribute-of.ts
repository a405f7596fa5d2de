import type { Run } from "./run.ts";
import { only, type Thing, type Things, thing } from "./thing.ts";

/** An attribute shows what it is of; of the notebook's own objects a method is told apart. */
export function attributeOf(of: Things, name: string, run: Run): Things {
  const all = new Set<Thing>();
  for (const one of of) {
    if (one.kind === "path") {
      all.add(run.path(`${one.path}.${name}`));
      continue;
    }
    const method = one.ownClass?.methods.get(name);
    if (method) {
      const isBound = one.kind === "own" && !method.isStatic;
      all.add(thing("function", [], { code: isBound ? { ...method, before: [only(one)] } : method }));
    } else all.add(one);
    for (const held of one.holds) all.add(held);
  }
  return all;
}
