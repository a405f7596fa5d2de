import type { RunSummary } from "@lookback/protocol/runs.ts";
import { metricTitle } from "../kit/metric.ts";

/**
 * Reads what was typed into the filter box: words, fields and comparisons, all of which must hold; one behind a minus must not.
 *
 * `tag:weather`, `author:ada`, `data:weather.csv`, `model:forest`, `metric:auc`, `notebook:late`, `name:`, `note:`: what the field holds, in part;
 * quotes keep words together. `is:starred`, `is:official`, `is:live`, `is:leaky`, `is:failed`, `is:honest` (a kept honest score). `after:2026-11-01` and `before:2026-12-01` are
 * days where the reader is, the first with it and the second without. `auc > 0.7` compares a metric, `cells >= 5`, `seconds < 10` and `leaks = 0` the run
 * itself. Any other word is looked for in all of these. A clause that is still being typed is a word like any other, so the list
 * never goes wrong, only empty.
 */
export function runFilter(text: string): (run: RunSummary) => boolean {
  const tests = clauses(text).map(clauseTest);
  return (run) => tests.every((test) => test(run));
}

type Test = (run: RunSummary) => boolean;

function clauses(text: string): string[] {
  const joined = text.replace(/\s*(<=|>=|<|>|=)\s*/g, "$1");
  return (joined.match(/(?:"[^"]*"?|[^\s,"])+/g) ?? []).map((clause) => clause.replaceAll('"', ""));
}

function clauseTest(clause: string): Test {
  if (/^-./.test(clause)) {
    const test = clauseTest(clause.slice(1));
    return (run) => !test(run);
  }
  return comparisonTest(clause) ?? fieldTest(clause) ?? wordTest(clause);
}

function comparisonTest(clause: string): Test | null {
  const comparison = /^([^<>=]+)(<=|>=|<|>|=)(-?\d*\.?\d+(?:e[+-]?\d+)?)$/i.exec(clause);
  if (comparison === null) return null;
  const [, name = "", operator = "=", number = ""] = comparison;
  return (run) =>
    valuesNamed(run, name.toLowerCase()).some((value) => holds(value, operator, Number(number)));
}

function fieldTest(clause: string): Test | null {
  const [, name = "", value = ""] = /^([a-z]+):(.+)$/i.exec(clause) ?? [];
  const wanted = value.toLowerCase();
  const key = name.toLowerCase();
  if (key === "is") return standings.get(wanted) ?? null;
  if (key === "after" || key === "before") {
    const day = dayOf(wanted);
    if (day === null) return null;
    return key === "after"
      ? (run) => Date.parse(run.startedAt) >= day
      : (run) => Date.parse(run.startedAt) < day;
  }
  const field = fields.get(key);
  return field === undefined ? null : (run) => field(run).toLowerCase().includes(wanted);
}

function wordTest(clause: string): Test {
  const word = clause.toLowerCase();
  return (run) => wordsOf(run).includes(word);
}

/** Maps, for what is looked up is what somebody types: every object has a `constructor`. */
const standings: ReadonlyMap<string, Test> = new Map<string, Test>([
  ["starred", (run) => run.marks.starred],
  ["official", (run) => run.marks.official.length > 0],
  ["live", (run) => run.pinnedBy.length > 0],
  ["leaky", (run) => run.trust === "leaky"],
  ["failed", (run) => run.outcome.kind !== "ok"],
  ["honest", (run) => run.origin?.kind === "honest"],
]);

const fields: ReadonlyMap<string, (run: RunSummary) => string> = new Map<string, (run: RunSummary) => string>(
  [
    ["notebook", (run) => run.notebook],
    ["data", (run) => run.datasets.join("\n")],
    ["model", (run) => run.models.join("\n")],
    ["metric", (run) => metricNames(run).join("\n")],
    ["tag", (run) => [...run.marks.tags, ...run.tags].join("\n")],
    ["author", ({ author }) => [author?.name, author?.email, author?.agent].filter(Boolean).join("\n")],
    ["name", (run) => run.marks.name ?? ""],
    ["note", (run) => run.marks.note ?? ""],
  ],
);

/** Midnight of a day where the reader is; null for what is none. */
function dayOf(text: string): number | null {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? [];
  if (year === undefined) return null;
  const date = new Date(Number(year), Number(month) - 1, Number(day));
  return date.getMonth() === Number(month) - 1 ? date.getTime() : null;
}

/** Of several metrics that are called so it is enough that one holds. */
function valuesNamed(run: RunSummary, name: string): number[] {
  if (name === "cells") return [run.cellsRun];
  if (name === "seconds") return run.durationMs === null ? [] : [run.durationMs / 1000];
  if (name === "leaks") return [run.leaks];
  return Object.entries(run.metrics).flatMap(([metric, value]) =>
    `${metric} ${metricTitle(metric)}`.toLowerCase().includes(name) ? [value] : [],
  );
}

function holds(value: number, operator: string, bound: number): boolean {
  if (operator === "<") return value < bound;
  if (operator === "<=") return value <= bound;
  if (operator === ">") return value > bound;
  if (operator === ">=") return value >= bound;
  return value === bound;
}

function metricNames(run: RunSummary): string[] {
  return Object.keys(run.metrics).flatMap((name) => [name, metricTitle(name)]);
}

function wordsOf(run: RunSummary): string {
  const outcome =
    run.outcome.kind === "error" ? `error ${run.outcome.name} ${run.outcome.message}` : run.outcome.kind;
  const live = run.pinnedBy.length > 0 ? "live" : "";
  const held = [...fields.values()].map((field) => field(run));
  return [run.id, outcome, run.trust, live, ...run.pinnedBy, ...held].join("\n").toLowerCase();
}
