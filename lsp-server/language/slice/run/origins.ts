import type { Thing, Things } from "../../leakage/objects/thing.ts";
import { isOfFigures, isOfValues } from "../effects/libraries-of-values.ts";

/** Which library made what: by the paths of functions and classes. */
export class Origins {
  readonly #paths = new Map<Thing, string | null>();
  /** Something was made that is no table, array, number or model: a file, a connection, a generator of chance, a tensor. */
  hasForeign = false;

  /** Null: one of several, or nobody knows. */
  of(one: Thing): string | null {
    const known = this.#paths.get(one);
    if (known !== undefined) return known;
    const [shown] = one.isView ? one.holds : [];
    return shown && shown !== one ? this.of(shown) : null;
  }

  rootOf(one: Thing): string | null {
    return this.of(one)?.split(".")[0] ?? null;
  }

  /** Notes what has made things, as far as nobody has before. */
  note(things: Things, path: string | null): void {
    for (const one of things) {
      if (one.kind !== "library" || one.isView) continue;
      const known = this.#paths.get(one);
      if (known === undefined) this.#paths.set(one, path);
      else if (known !== path && rootIn(known) !== rootIn(path)) this.#paths.set(one, null);
      if (path !== null && this.isForeign(one)) this.hasForeign = true;
    }
  }

  /** Whether a library's function that is given it may change it, whatever its name. */
  isForeign(one: Thing): boolean {
    const root = this.rootOf(one);
    return one.kind === "library" && root !== null && !isOfValues(root);
  }

  isFigure(one: Thing): boolean {
    return one.kind === "library" && isOfFigures(this.rootOf(one));
  }
}

/** The path of a name of a library. One that nobody has imported, and that is known all the same, is of a library of values. */
export function pathOf({ path }: Thing): string | null {
  return path === undefined || path.includes(".") ? (path ?? null) : `sklearn.${path}`;
}

function rootIn(path: string | null): string | undefined {
  return path?.split(".")[0];
}
