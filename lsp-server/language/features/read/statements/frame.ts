import { anyOf } from "../values/any-of.ts";
import { dynamic, type Value } from "../values/value.ts";

/** The names of a module, a function's call or a class's body while its statements are followed. */
export interface Frame {
  /** Stays the same map: who imports a module holds it. */
  readonly variables: Map<string, Value>;
  /** Where names that are not here are looked for next; null for a module. */
  readonly outer: Frame | null;
  /** A comprehension's own names: what `:=` assigns in it belongs to the frame around. */
  readonly kind: "module" | "function" | "class" | "comprehension";
  /** Names that `global` or `nonlocal` gives to another frame. */
  readonly elsewhere: Map<string, Frame>;
  /** What a function may have returned before its end, or yielded. */
  readonly returned: Value[];
  /** Names that code which is not followed may assign at any time, and why. */
  readonly volatile: Map<string, string>;
  /** Why any name that nothing assigns below may have a value nobody knows; null when there is no reason. */
  lost: string | null;
}

export function frameOf(
  kind: Frame["kind"],
  outer: Frame | null,
  variables: Map<string, Value> = new Map(),
): Frame {
  return { variables, outer, kind, elsewhere: new Map(), returned: [], volatile: new Map(), lost: null };
}

/** The value of a name as Python finds it: here, then in the functions around, then in the module; classes around are passed over. */
export function lookupIn(frame: Frame, name: string): Value | undefined {
  const stated = frame.elsewhere.get(name);
  if (stated) return lookupIn(stated, name);
  const own = frame.variables.get(name);
  if (own) return own;
  let outer = frame.outer;
  // A comprehension in a class sees the class's names in its first list alone; there they are found too often, never wrong ones.
  while (outer?.kind === "class" && frame.kind !== "comprehension") outer = outer.outer;
  if (outer) return lookupIn(outer, name);
  return frame.lost === null ? undefined : dynamic(frame.lost);
}

/** How sure an assignment is. */
export interface Certainty {
  /** Why it may not be carried out; null when it is. */
  readonly doubt: string | null;
  /** Whether it may be carried out again at any time. */
  readonly again: boolean;
}

/** Gives a name its value. Frames other than the one that is followed keep what they may still hold. */
export function bindIn(frame: Frame, name: string, value: Value, { doubt, again }: Certainty): void {
  const home = homeOf(frame, name);
  const before = home.variables.get(name) ?? { kind: "unbound", name };
  if (home !== frame && again && doubt !== null) home.volatile.set(name, doubt);
  const volatile = home.volatile.get(name);
  const bound =
    volatile !== undefined
      ? dynamic(volatile, before, value)
      : home !== frame && doubt !== null
        ? anyOf([before, value], doubt)
        : value;
  home.variables.set(name, bound);
}

function homeOf(frame: Frame, name: string): Frame {
  const stated = frame.elsewhere.get(name);
  if (stated) return stated;
  return frame.kind === "comprehension" && frame.outer ? homeOf(frame.outer, name) : frame;
}

export function moduleOf(frame: Frame): Frame {
  return frame.outer ? moduleOf(frame.outer) : frame;
}

/** Gives a frame the names it had, or has in common. */
export function restore(frame: Frame, variables: ReadonlyMap<string, Value>): void {
  const all = [...variables];
  frame.variables.clear();
  for (const [name, value] of all) frame.variables.set(name, value);
}

/** Makes every name that a frame holds, and any other, unknown; `keep` says which values cannot be meant. */
export function lose(frame: Frame, why: string, keep: (value: Value) => boolean): void {
  for (const [name, value] of frame.variables)
    if (!keep(value)) frame.variables.set(name, dynamic(why, value));
  frame.lost ??= why;
}

/**
 * How a statement ends: the next one runs, or the function, the loop or everything here ends. `unclear`: only running
 * would tell; `loop` when a loop may end or go on early, `leaves` when the function may have been left.
 */
export type Flow =
  | { readonly kind: "next" | "break" | "continue" | "stop" }
  | { readonly kind: "unclear"; readonly loop: boolean; readonly leaves: boolean }
  | { readonly kind: "return"; readonly value: Value };

export const next: Flow = { kind: "next" };

/** Thrown where a function that is followed certainly raises, and caught by the statement that calls it. */
export class Raised extends Error {}
