import type { Rows } from "../../facts/values/rows.ts";

/** A table whose name says that it holds what happened. */
export interface NamedHistory {
  readonly name: string;
  /** The word that says so: a key that begins with it is one of these, and what belongs to it. */
  readonly word: string;
}

/** The history that rows were read from, by the name of its table or file; null where the name says nothing, or there are several. */
export function namedHistory(rows: Rows | null, path: string | null = null): NamedHistory | null {
  const [table = "", another] = rows?.tables ?? [];
  if (path === null && another !== undefined) return null;
  const name = (path ?? table).replace(/^(table|file):|.*\/|\.\w+$/g, "");
  const [word] = name.match(events) ?? [];
  return word === undefined ? null : { name, word };
}

/** Whether keys are those of what happened: by such a key it is what belongs to one of them. */
export function isKeyOf({ word }: NamedHistory, keys: readonly string[]): boolean {
  return keys.some((key) => key.toLowerCase().startsWith(word.toLowerCase()));
}

const events =
  /(?:event|log(?=s?\b|s?_)|click|visit|session|transaction|payment|purchase|pageview|impression|login)/i;
