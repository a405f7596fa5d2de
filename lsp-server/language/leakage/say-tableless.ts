import type { Gap } from "../notebook/gap.ts";
import type { Facts } from "./facts/program.ts";
import type { Finding } from "./finding.ts";

/**
 * What is said of queries' columns that could be of several tables: where another finding would hold if they were of another one. `again` is what would be
 * found where some of them are.
 */
export function sayTableless(
  { tableless }: Facts,
  found: readonly Finding[],
  again: (isAnyones: (column: string) => boolean) => readonly Finding[],
): Gap[] {
  if (tableless.size === 0) return [];
  const known = new Set(found.map(keyOf));
  const isOther = (finding: Finding) => finding.severity !== "information" && !known.has(keyOf(finding));
  const [other] = again(() => true).filter(isOther);
  if (!other) return [];
  const all = [...tableless.values()].map((column) => ({
    column,
    finding: other,
    isSure: tableless.size === 1,
  }));
  // Where there is one, it is that one.
  const tried = tableless.size === 1 ? [] : [...tableless].slice(0, mostTried);
  const decisive = tried.flatMap(([key, column]) => {
    const own = again((one) => one === key).find(isOther);
    return own ? [{ column, finding: own, isSure: true }] : [];
  });
  const perhaps = [...decisive, ...all.slice(tried.length)];
  return (perhaps.length > 0 ? perhaps : all).map(
    ({ column: { at, name, tables }, finding, isSure }): Gap => {
      // What has no name in the query needs one first.
      const written = tables.filter((table) => !table.startsWith("at "));
      const examples = written.map((table) => `\`${table}.${name}\``).join(" or ");
      return {
        code: "coverage/column-without-table",
        weight: "unread",
        cellId: at.cell,
        cellIndex: null,
        range: { start: at.start, end: at.end },
        reason: `Which table \`${name}\` is from is not known from the text: ${tables.length} tables of this query may have it.`,
        means: `Whether ${finding.rule} is to be found here ${isSure ? "depends" : "may depend"} on it, and is not part of the answer.`,
        advice:
          written.length === tables.length
            ? `Write the table before it: ${examples}.`
            : "Give each subquery of this query a name, and write that of its table before it.",
      };
    },
  );
}

/** Each costs a look at the whole notebook, at every key press. */
const mostTried = 3;

function keyOf({ rule, cellId, range: { start } }: Finding): string {
  return `${rule}:${cellId}:${start.line}:${start.character}`;
}
