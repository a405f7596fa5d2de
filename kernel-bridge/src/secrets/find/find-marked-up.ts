import { classOfName, type NameClass } from "./class-of-name.ts";
import type { FoundSecret } from "./found-secret.ts";
import { isSecretValue } from "./judge-value.ts";

/** The cells of a table in HTML, as data frames show them, that stand under a heading whose name says secret, or right after it in its row. Linear: each tag is looked at once. */
export function findMarkedUp(text: string): FoundSecret[] {
  const found: FoundSecret[] = [];
  const columns = new Map<number, NameClass>();
  let column = -1;
  let before: NameClass | null = null;
  for (const match of text.matchAll(tag)) {
    const [whole, name, content = ""] = match;
    if (name === undefined) columns.clear();
    if (name === undefined || name === "r") {
      column = -1;
      before = null;
      continue;
    }
    column++;
    const value = content.trim();
    const says = classOfName(value);
    if (name === "h") {
      if (says === null) columns.delete(column);
      else columns.set(column, says);
    } else {
      const kind = before ?? columns.get(column) ?? null;
      if (kind !== null && kind !== "key" && isSecretValue(kind, value, "loose")) {
        const start = match.index + whole.length - content.length + content.indexOf(value);
        found.push({
          start,
          end: start + value.length,
          kind: kind === "password" ? "password" : "named-secret",
        });
      }
    }
    before = says;
  }
  return found;
}

/** Groups: which part of a table begins, none where one ends; the text after it. */
const tag = /<t([rhd])(?:[ \n][^<>]{0,256})?>([^<]{0,512})|<\/table>/g;
