import type { Value } from "./value.ts";

/** The names of a module, a function's call or a class's body while its statements are followed. */
export interface Frame {
  variables: Map<string, Value>;
  /** Where names that are not here are looked for next; null for a module. */
  readonly outer: Frame | null;
  readonly kind: "module" | "function" | "class";
  /** Names that `global` or `nonlocal` gives to another frame. */
  readonly elsewhere: Map<string, Frame>;
  /** What a function may have returned before its end. */
  readonly returned: Value[];
}

export function frameOf(kind: Frame["kind"], outer: Frame | null): Frame {
  return { variables: new Map(), outer, kind, elsewhere: new Map(), returned: [] };
}

/** The value of a name as Python finds it: here, then in the functions around, then in the module; classes around are passed over. */
export function lookupIn(frame: Frame, name: string): Value | undefined {
  const stated = frame.elsewhere.get(name);
  if (stated) return stated.variables.get(name);
  const own = frame.variables.get(name);
  if (own) return own;
  let outer = frame.outer;
  while (outer?.kind === "class") outer = outer.outer;
  return outer ? lookupIn(outer, name) : undefined;
}

export function bindIn(frame: Frame, name: string, value: Value): void {
  (frame.elsewhere.get(name) ?? frame).variables.set(name, value);
}

export function moduleOf(frame: Frame): Frame {
  return frame.outer ? moduleOf(frame.outer) : frame;
}

/** How a statement ends: the next one runs, or the function, the loop or everything here ends. `unclear`: one of these, only running would tell. */
export type Flow =
  | { readonly kind: "next" | "break" | "continue" | "stop" | "unclear" }
  | { readonly kind: "return"; readonly value: Value };

export const next: Flow = { kind: "next" };
