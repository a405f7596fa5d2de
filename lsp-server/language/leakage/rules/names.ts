import type { Evaluation } from "../facts/values/fit.ts";
import type { Mark, Marks } from "../facts/values/mark.ts";
import type { Rows } from "../facts/values/rows.ts";

/** The columns of the models' inputs that carry a mark; empty where the columns are not told apart. */
export function columnsWith(mark: Mark, evaluations: readonly Evaluation[]): string[] {
  const names = new Set<string>();
  const place = placeIn(mark);
  for (const { fit, inputs } of evaluations) {
    const isLearned = placesOf(fit.inputs.marks).has(place);
    const { columns } = isLearned ? fit.inputs : inputs;
    for (const [name, traits] of columns ?? [])
      if (!name.startsWith("?") && placesOf(traits.marks).has(place)) names.add(name);
    if (columns !== null && names.size === columns.size && columns.size > 1) return [];
  }
  return [...names];
}

/** Where marks stand: of the same ones each finding asks. */
function placesOf(marks: Marks): ReadonlySet<string> {
  const places = known.get(marks) ?? new Set([...marks.values()].map(placeIn));
  known.set(marks, places);
  return places;
}

const known = new WeakMap<Marks, ReadonlySet<string>>();

function placeIn({ at }: Mark): string {
  return `${at.from}:${at.to}:${at.cell}`;
}

/** `a`, `a and b`, `a, b and 3 more` in code marks; null where there is none. */
export function listed(names: readonly string[]): string | null {
  const [first, second] = names;
  if (first === undefined) return null;
  if (second === undefined) return `\`${first}\``;
  const others = names.length - 2;
  return others === 0 ? `\`${first}\` and \`${second}\`` : `\`${first}\`, \`${second}\` and ${others} more`;
}

/** The files that rows were read from, each by the last part of its name. None where one of them is no file. */
export function filesOf(rows: Rows | null): readonly string[] {
  const tables = rows?.tables ?? [];
  if (!tables.every((table) => table.startsWith("file:"))) return [];
  return tables.map((table) => table.slice(Math.max(table.lastIndexOf("/"), "file:".length - 1) + 1));
}
