import { type FrameFacts, noFrame } from "../../values/frame-facts.ts";
import { asData, constantOf } from "../../values/kinds.ts";
import type { Mark } from "../../values/mark.ts";
import { allOf, expressionRows } from "../../values/rows.ts";
import { isTimeColumn, unordered } from "../../values/time-order.ts";
import { marked, type Traits } from "../../values/traits.ts";
import type { Value } from "../../values/value.ts";
import { traitsOfColumn } from "../../values/value-traits.ts";
import { alongMark } from "../along.ts";
import { countsRows } from "../counts.ts";
import type { MethodCall } from "../effect.ts";
import { latestOf } from "../methods/unique-rows.ts";
import { statisticName } from "./statistic-name.ts";

/** One row per group: rows of their own, carrying what was learned from the others. */
export function answer(of: MethodCall): Value {
  const { value, name, call } = of;
  const isPlaces = name === "idxmax" || name === "idxmin";
  const latest = isPlaces ? latestPlaces(of) : endOf(of);
  const label = statisticName(of);
  const learned = { ...alongMark("statistic", of), label };
  const mark = countsRows(label) ? { ...learned, of: null } : learned;
  return {
    ...asData(value),
    form: isPlaces ? "places" : null,
    rows: allOf(`groups:${call.at.cell}:${call.at.from}`),
    columns: columnsOf(of, mark),
    rest: marked(value.rest, mark),
    frame: {
      ...(unordered(value.frame) ?? noFrame),
      isOneRowPer: value.frame?.isOneRowPer ?? [],
      latest,
    },
  };
}

/** Each column with a statistic of its own, and those that a call names: `agg(price_mean=("price", "mean"))`. */
function columnsOf(of: MethodCall, mark: Mark): Value["columns"] {
  const { value } = of;
  const columns = new Map<string, Traits>();
  for (const [column, traits] of value.columns ?? [])
    columns.set(column, marked(traits, markOfColumn(mark, column)));
  for (const { name, from, made } of namedBy(of)) {
    const told = countsRows(made) ? { ...mark, label: made, of: null } : markOfColumn(mark, from);
    columns.set(name, marked(traitsOfColumn(value, from), told));
  }
  return columns.size > 0 ? columns : null;
}

function markOfColumn(mark: Mark, column: string): Mark {
  return mark.of === null && !countsRows(mark.label)
    ? { ...mark, id: `${mark.id} of ${column}`, of: column }
    : mark;
}

interface NamedStatistic {
  readonly name: string;
  readonly from: string;
  /** What was made of it, as far as that is written out. */
  readonly made: string;
}

/** The columns that the arguments of `agg` name, as pandas and polars write them. */
function namedBy({ program, name, args }: MethodCall): NamedStatistic[] {
  const { read } = program.store;
  if (!/^agg/.test(name)) return [];
  return args.flatMap((arg): NamedStatistic[] => {
    const [first, second] = (arg.value.items ?? []).map(read).map(constantOf);
    if (arg.name !== null && typeof first === "string")
      return [{ name: arg.name, from: first, made: String(second) }];
    return (arg.value.items?.map(read) ?? [arg.value]).flatMap((one) => {
      const [from, another] = one.rest.columns;
      const named = arg.name ?? one.column;
      if (one.rows?.key !== expressionRows.key || named === null || from === undefined || another) return [];
      const made = [...one.rest.marks.values()].at(-1)?.label ?? "";
      return [{ name: named, from, made }];
    });
  });
}

function endOf({ value, name, call }: MethodCall): FrameFacts["latest"] {
  return name === "first" || name === "last" ? latestOf(value.frame, name, call.at) : null;
}

/** Where the latest moment of each group stands. */
function latestPlaces({ value, name, call }: MethodCall): FrameFacts["latest"] {
  const { column, frame } = value;
  if (name !== "idxmax" || column === null || !isTimeColumn(frame ?? noFrame, column)) return null;
  return { column, at: call.at };
}
