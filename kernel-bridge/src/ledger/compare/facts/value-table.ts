import { metricDirection } from "../../../metrics/metric-words.ts";
import { lastModel, standingMetrics } from "../../format/headline-metric.ts";
import type { Metric } from "../../format/run.ts";
import type { FactValue, Recorded, ValueRow } from "../comparison.ts";
import type { Side } from "../side.ts";
import { isEqualValue } from "./compare-facts.ts";
import { otherGround, whyNotComparable } from "./compare-metrics.ts";

/** Parameters and metrics of some runs as one table. Of a metric that was computed more than once the score counts that stands for it. */
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
      reasons: sides.map((side, at) => {
        const score = isMetric ? columns[at]?.metrics.get(key) : undefined;
        return score === undefined
          ? null
          : (whyNotComparable(side, score, "this run") ?? otherThanFirst(columns, key, at));
      }),
    };
  });
}

interface Column {
  readonly values: ReadonlyMap<string, Pick<ValueRow, "kind" | "name"> & { readonly value: FactValue }>;
  /** Each metric whole. */
  readonly metrics: ReadonlyMap<string, Metric>;
}

function columnOf({ run }: Side): Column {
  const values = new Map<string, Pick<ValueRow, "kind" | "name"> & { readonly value: FactValue }>();
  const put = (kind: ValueRow["kind"], name: string, value: FactValue) =>
    values.set(`${kind} ${name}`, { kind, name, value });
  const model = lastModel(run);
  const shown = standingMetrics(run);
  for (const [name, value] of Object.entries(run.parameters)) put("parameter", name, value);
  if (model !== null) put("model", "class", model.className);
  for (const [name, value] of Object.entries(model?.parameters ?? {})) put("model", name, value);
  for (const { name, value } of shown) put("metric", name, value);
  return { values, metrics: new Map(shown.map((metric) => [`metric ${metric.name}`, metric])) };
}

function isEqualInAll(values: readonly Recorded[]): boolean {
  const [first] = values;
  return first != null && values.every((each) => each !== null && isEqualValue(each.value, first.value));
}

/** Against the first run that has the score. */
function otherThanFirst(columns: readonly Column[], key: string, at: number): string | null {
  const first = columns.find(({ metrics }) => metrics.has(key))?.metrics.get(key);
  const own = columns[at]?.metrics.get(key);
  if (first === undefined || own === undefined || own === first) return null;
  const ground = otherGround(own, first);
  return ground === null ? null : `${ground} in the first`;
}
