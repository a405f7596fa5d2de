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
  const decisive = [...tableless].flatMap(([key, column], at) => {
    const own = at < mostTried ? again((one) => one === key).find(isOther) : undefined;
    return own ? [{ column, finding: own }] : [];
  });
  const all = [...tableless.values()].map((column) => ({ column, finding: other }));
  return (decisive.length > 0 ? decisive : all).map(({ column: { at, name, tables }, finding }): Gap => {
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
      means: `Whether ${finding.rule} is to be found here depends on it, and is not part of the answer.`,
      advice:
        written.length === tables.length
          ? `Write the table before it: ${examples}.`
          : "Give each subquery of this query a name, and write that of its table before it.",
    };
  });
}

const mostTried = 12;

function keyOf({ rule, cellId, range: { start } }: Finding): string {
  return `${rule}:${cellId}:${start.line}:${start.character}`;
}
