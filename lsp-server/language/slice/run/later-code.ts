import { inside } from "../../leakage/inside.ts";
import type { Statement } from "../../leakage/ir.ts";
import type { Code, Thing } from "../../leakage/objects/thing.ts";

/** What runs when something is gone through, and not where it is made: generators, `map`, threads. */
export class LaterCode {
  readonly #again = new Map<Thing, { readonly madeIn: number; readonly run: () => void }>();
  readonly #keys = new WeakMap<object, object>();

  /** Something that stands for what a place of the text makes, beside what the run makes of it. */
  keyOf(place: object): object {
    const known = this.#keys.get(place) ?? {};
    this.#keys.set(place, known);
    return known;
  }

  note(one: Thing, madeIn: number, run: () => void): void {
    this.#again.set(one, { madeIn, run });
  }

  /** What touching something in an execution runs again. */
  of(one: Thing, at: number): (() => void) | null {
    const known = this.#again.get(one);
    return known && known.madeIn !== at ? known.run : null;
  }
}

/** Whether calling code runs nothing yet: it yields. */
export function yields({ body }: Code): boolean {
  const known = generators.get(body);
  if (known !== undefined) return known;
  const isSo =
    Array.isArray(body) &&
    (body as readonly Statement[]).some((one) =>
      [...inside(one, false)].some((node) => node.op === "return" && node.goesOn === true),
    );
  generators.set(body, isSo);
  return isSo;
}

const generators = new WeakMap<Code["body"], boolean>();
