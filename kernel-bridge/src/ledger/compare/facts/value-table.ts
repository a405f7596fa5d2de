import { metricDirection } from "../../../metrics/metric-words.ts";
import type { FactValue, Recorded, ValueRow } from "../comparison.ts";
import type { Side } from "../side.ts";
import { isEqualValue } from "./compare-facts.ts";
import { leaksOf } from "./compare-metrics.ts";

/** Parameters and metrics of some runs as one table. A metric that was computed more than once counts as it was last. */
export function valueTable(sides: readonly Side[]): ValueRow[] {
  const columns = sides.map(columnOf);
  const keys = new Map(
    columns.flatMap(({ values }) => [...values].map(([key, { kind, name }]) => [key, { kind, name }])),
  );
  return [...keys].map(([key, { kind, name }]) => {
    const values = columns.map(({ values }): Recorded => {
      const found = values.get(key);
      return found === undefined ? null : { value: found.value };
    });
    const isMetric = kind === "metric";
    return {
      kind,
      name,
      values,
      isEqual: isEqualInAll(values),
      direction: isMetric ? metricDirection(name) : "unknown",
      reasons: sides.map((side, at) =>
        isMetric && values[at] !== null ? (leaksOf(side, "this run") ?? otherRows(columns, key, at)) : null,
      ),
    };
  });
}

interface Column {
  readonly values: ReadonlyMap<string, Pick<ValueRow, "kind" | "name"> & { readonly value: FactValue }>;
  /** Of each metric. */
  readonly rows: ReadonlyMap<string, number | null>;
}

function columnOf({ run }: Side): Column {
  const values = new Map<string, Pick<ValueRow, "kind" | "name"> & { readonly value: FactValue }>();
  const put = (kind: ValueRow["kind"], name: string, value: FactValue) =>
    values.set(`${kind} ${name}`, { kind, name, value });
  const model = run.models.at(-1);
  for (const [name, value] of Object.entries(run.parameters)) put("parameter", name, value);
  if (model !== undefined) put("model", "class", model.className);
  for (const [name, value] of Object.entries(model?.parameters ?? {})) put("model", name, value);
  for (const { name, value } of run.metrics) put("metric", name, value);
  return { values, rows: new Map(run.metrics.map(({ name, rows }) => [`metric ${name}`, rows])) };
}

function isEqualInAll(values: readonly Recorded[]): boolean {
  const [first] = values;
  return first != null && values.every((each) => each !== null && isEqualValue(each.value, first.value));
}

/** Against the first run that says over how many rows its score is. */
function otherRows(columns: readonly Column[], key: string, at: number): string | null {
  const first = columns.map(({ rows }) => rows.get(key)).find((rows) => rows != null);
  const own = columns[at]?.rows.get(key);
  if (own == null || first == null || own === first) return null;
  return `over ${own.toLocaleString("en-US")} rows, not ${first.toLocaleString("en-US")}`;
}
