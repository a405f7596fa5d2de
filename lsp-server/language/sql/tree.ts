import type { Span } from "./query.ts";

/** A node as the parser gives it: an object of fields, a name alone, or `{ Kind: content }`. */
export type Tree = unknown;

/** Parses a text in one dialect; throws where it does not. */
export type ParseSql = (dialect: string, text: string) => Tree;

/** A field of a node; undefined where there is none. */
export function field(node: Tree, ...path: readonly string[]): Tree {
  let at = node;
  for (const name of path) {
    if (typeof at !== "object" || at === null) return undefined;
    at = (at as Readonly<Record<string, unknown>>)[name];
  }
  return at;
}

/** The items of a list; none where it is no list. */
export function list(node: Tree): readonly Tree[] {
  return Array.isArray(node) ? node : [];
}

/** A kind and what it holds: of `"None"` the name alone. */
export function kindOf(node: Tree): readonly [string, Tree] {
  if (typeof node === "string") return [node, undefined];
  if (typeof node !== "object" || node === null) return ["", undefined];
  const [first] = Object.entries(node);
  return first ?? ["", undefined];
}

/** The text of a name. */
export function nameOf(node: Tree): string {
  const value = field(node, "value") ?? field(node, "Identifier", "value");
  return typeof value === "string" ? value : "";
}

/** Every object below a node, itself first, that `isWanted` says; nothing below those. */
export function outermost(node: Tree, isWanted: (key: string) => boolean): [string, Tree][] {
  const found: [string, Tree][] = [];
  const look = (at: Tree): void => {
    if (Array.isArray(at)) for (const item of at) look(item);
    else if (typeof at === "object" && at !== null)
      for (const [key, value] of Object.entries(at)) {
        if (isWanted(key) && typeof value === "object" && value !== null) found.push([key, value]);
        else look(value);
      }
  };
  look(node);
  return found;
}

/** The span of a node: from the first to the last token that the parser placed in it; null where it placed none. */
export function spanIn(node: Tree, offset: (line: number, column: number) => number): Span | null {
  let from = Number.POSITIVE_INFINITY;
  let to = -1;
  const look = (at: Tree): void => {
    if (Array.isArray(at)) for (const item of at) look(item);
    else if (typeof at === "object" && at !== null)
      for (const [key, value] of Object.entries(at)) {
        const line = key === "span" ? field(value, "start", "line") : 0;
        if (typeof line === "number" && line > 0) {
          from = Math.min(from, offset(line, Number(field(value, "start", "column"))));
          to = Math.max(
            to,
            offset(Number(field(value, "end", "line")), Number(field(value, "end", "column"))),
          );
        } else look(value);
      }
  };
  look(node);
  return to < 0 ? null : { from, to };
}
