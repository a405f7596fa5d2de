import { classOfName } from "./class-of-name.ts";
import type { FoundSecret } from "./found-secret.ts";
import { isSecretValue } from "./judge-value.ts";

/**
 * The fields of a table of commas, semicolons, tabs or bars that stand under a column whose name says secret, down to the line that has
 * not as many fields as the header. Linear: what was read as a table's lines is not looked at again.
 */
export function findFielded(text: string): FoundSecret[] {
  const found: FoundSecret[] = [];
  header.lastIndex = 0;
  for (let match = header.exec(text); match !== null; match = header.exec(text)) {
    const [line, mark = ","] = match;
    const kinds = line.split(mark).map((name) => classOfName(name));
    if (kinds.some((kind) => kind === "password" || kind === "made"))
      header.lastIndex = fieldsBelow(text, match.index + line.length, mark, kinds, found);
  }
  return found;
}

/** Adds to `found`; answers where the table ends, before a line's end. */
function fieldsBelow(
  text: string,
  from: number,
  mark: string,
  kinds: readonly ReturnType<typeof classOfName>[],
  found: FoundSecret[],
): number {
  let end = from;
  while (end < text.length) {
    const next = text.indexOf("\n", end + 1);
    const stop = next < 0 ? text.length : next;
    if (stop - end > widest) break;
    const fields = text.slice(end + 1, stop).split(mark);
    if (fields.length !== kinds.length) break;
    let start = end + 1;
    for (const [at, field] of fields.entries()) {
      const kind = kinds[at] ?? null;
      const value = field.replace(around, "");
      if ((kind === "password" || kind === "made") && isSecretValue(kind, value, "loose")) {
        const begin = start + field.indexOf(value);
        found.push({
          start: begin,
          end: begin + value.length,
          kind: kind === "password" ? "password" : "named-secret",
        });
      }
      start += field.length + 1;
    }
    end = stop;
  }
  return end;
}

const widest = 4096;
const around = /^[ "']{1,64}|[ "'\r]{1,64}$/g;

/** A line of at least two names between marks of one kind, and no sign of code. Group: the mark. */
const header =
  /(?<![^\n])[ \t|]{0,16}"?[A-Za-z_][A-Za-z0-9_. -]{0,40}"?(?=([,;\t|]))(?:\1[ ]{0,16}"?[A-Za-z_][A-Za-z0-9_. -]{0,40}"?){1,64}[|]?[ \r]{0,16}(?=\n)/g;
