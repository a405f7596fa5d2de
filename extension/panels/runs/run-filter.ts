import type { RunSummary } from "@lookback/protocol/runs.ts";
import { metricTitle } from "../kit/metric.ts";

/**
 * Reads what was typed into the filter box: words and comparisons, all of which must hold.
 * `auc > 0.7` compares the run's metric, `cells >= 5` and `seconds < 10` the run itself; any other word is looked for
 * in the notebook's path, the metric, the model, the outcome, the deployments and the standing (`leaky`, `live`).
 * A comparison that is still being typed is a word like any other, so the list never goes wrong, only empty.
 */
export function runFilter(text: string): (run: RunSummary) => boolean {
  const tests = clauses(text).map(clauseTest);
  return (run) => tests.every((test) => test(run));
}

type Test = (run: RunSummary) => boolean;

function clauses(text: string): string[] {
  return text
    .replace(/\s*(<=|>=|<|>|=)\s*/g, "$1")
    .split(/[\s,]+/)
    .filter((clause) => clause !== "");
}

function clauseTest(clause: string): Test {
  const comparison = /^([^<>=]+)(<=|>=|<|>|=)(-?\d*\.?\d+(?:e[+-]?\d+)?)$/i.exec(clause);
  if (comparison) {
    const [, name = "", operator = "=", number = ""] = comparison;
    return (run) => {
      const value = valueNamed(run, name.toLowerCase());
      return value !== null && holds(value, operator, Number(number));
    };
  }
  const word = clause.toLowerCase();
  return (run) => wordsOf(run).includes(word);
}

function valueNamed(run: RunSummary, name: string): number | null {
  if (name === "cells") return run.cellsRun;
  if (name === "seconds") return run.durationMs === null ? null : run.durationMs / 1000;
  if (name === "leaks") return run.leaks;
  if (run.metric === null) return null;
  const names = `${run.metric.name} ${metricTitle(run.metric.name)}`.toLowerCase();
  return names.includes(name) ? run.metric.value : null;
}

function holds(value: number, operator: string, bound: number): boolean {
  if (operator === "<") return value < bound;
  if (operator === "<=") return value <= bound;
  if (operator === ">") return value > bound;
  if (operator === ">=") return value >= bound;
  return value === bound;
}

function wordsOf(run: RunSummary): string {
  const outcome =
    run.outcome.kind === "error" ? `error ${run.outcome.name} ${run.outcome.message}` : run.outcome.kind;
  const metric = run.metric ? `${run.metric.name} ${metricTitle(run.metric.name)}` : "";
  const live = run.pinnedBy.length > 0 ? "live" : "";
  return [run.id, run.notebook, outcome, metric, run.model ?? "", run.trust, live, ...run.pinnedBy]
    .join("\n")
    .toLowerCase();
}
