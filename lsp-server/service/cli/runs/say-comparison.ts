import { counted } from "@lookback/kernel-bridge/counted.ts";
import type {
  CellComparison,
  Comparison,
  DataComparison,
  Fact,
  MetricComparison,
  PairComparison,
  Recorded,
  ValueRow,
} from "@lookback/kernel-bridge/ledger/compare/comparison.ts";
import { metricChange } from "@lookback/kernel-bridge/metrics/metric-words.ts";
import { inColumns } from "./in-columns.ts";
import { sayRun } from "./say-run.ts";

/** A comparison as people read it in a terminal: what is equal is counted, what changed is shown. */
export function sayComparison({ runs, verdict, values, pair, looks }: Comparison): string {
  const sections = [
    [verdict.parts.map(({ text }) => text).join(""), ...verdict.doubts.map((doubt) => `  ? ${doubt}`)],
    looks === null ? [] : [looks],
    runs.map(({ summary }, at) => `${nameOf(at, runs.length)}  ${sayRun(summary)}`),
    ...(pair === null ? [sayValues(values, runs.length)] : sayPair(pair)),
    runs.flatMap(({ notes }, at) =>
      notes.map(({ message }) => `note of ${nameOf(at, runs.length)}: ${message}`),
    ),
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.join("\n")}\n`)
    .join("\n");
}

function nameOf(at: number, count: number): string {
  if (count > 2) return String(at + 1);
  return at === 0 ? "left " : "right";
}

function sayPair(pair: PairComparison): string[][] {
  const { cells, data, parameters, models, metrics, environment, packages, git } = pair;
  const changed = cells.rows.filter(isTelling);
  return [
    titled(
      "cells",
      changed.flatMap(sayCell),
      counted(cells.rows.length - changed.length, "cell"),
      cells.isKnown,
    ),
    titled(
      "data",
      data.filter(({ state }) => state !== "same").flatMap(sayData),
      counted(data.filter(({ state }) => state === "same").length, "file"),
    ),
    titled("metrics", inColumns(metrics.map(metricLine)), null),
    titled("parameters", sayFacts(parameters), equal(parameters, "parameter")),
    ...models.map((model) =>
      titled(
        `model ${model.name} (${model.state})`,
        sayFacts([...model.facts, ...model.parameters]),
        equal([...model.facts, ...model.parameters], "value"),
      ),
    ),
    titled("environment", sayFacts([...environment, ...packages]), equal(packages, "package")),
    titled("git", sayFacts(git), null),
  ];
}

/** Nothing at all where there is nothing to say. */
function titled(title: string, lines: readonly string[], same: string | null, isKnown = true): string[] {
  const aside = !isKnown ? "  not known" : same === null || same.startsWith("0 ") ? "" : `  ${same} the same`;
  return lines.length === 0 && aside === "" ? [] : [`${title}${aside}`, ...lines.map((line) => `  ${line}`)];
}

function isTelling({ state, isMoved, outputs }: CellComparison): boolean {
  return state !== "same" || isMoved || !["same", "none"].includes(outputs.state);
}

function sayCell({ state, isMoved, left, right, lines, outputs, type }: CellComparison): string[] {
  const number = (right ?? left)!.index + 1;
  const said = [
    state === "unknown" ? "not known: edited since it ran" : state,
    ...(isMoved ? [`moved from ${(left?.index ?? 0) + 1}`] : []),
    ...(["same", "none"].includes(outputs.state) ? [] : [`outputs ${outputs.state}`]),
  ];
  const shown = lines.filter(
    (line, at) => line.left === null || line.right === null || isNearChange(lines, at),
  );
  return [
    `${type === "code" ? "cell" : `${type} cell`} ${number}: ${said.join(", ")}`,
    ...(state === "same"
      ? []
      : shown.map(
          ({ left, right, text }) => `  ${left === null ? "+" : right === null ? "-" : " "} ${text}`,
        )),
  ];
}

function isNearChange(lines: CellComparison["lines"], at: number): boolean {
  return [-2, -1, 1, 2].some((by) => {
    const line = lines[at + by];
    return line !== undefined && (line.left === null || line.right === null);
  });
}

function sayData({
  access,
  path,
  state,
  reason,
  left,
  right,
  schema,
  newBytes,
  leftPath,
  isSameRows,
}: DataComparison): string[] {
  const rows = [left?.rows ?? null, right?.rows ?? null];
  const details = [
    ...(rows[0] !== rows[1] && rows.every((each) => each !== null)
      ? [`${rows[0]!.toLocaleString("en-US")} → ${counted(rows[1]!, "row")}`]
      : []),
    ...(newBytes !== null && right?.size ? [`${percent(newBytes / right.size)} of its bytes are new`] : []),
    ...(schema?.added ?? []).map(({ name, type }) => `column ${name} ${type} added`),
    ...(schema?.removed ?? []).map(({ name }) => `column ${name} removed`),
    ...(schema?.retyped ?? []).map((each) => `column ${each.name} ${each.left} → ${each.right}`),
    ...(schema?.isReordered ? ["columns in another order"] : []),
    ...(isSameRows === true ? ["the same rows, in another order or form"] : []),
  ];
  const from = leftPath === null ? "" : `, on the left ${leftPath}`;
  const why = state === "unknown" ? `not known: ${reason ?? "not recorded"}` : state;
  return [`${access}  ${path}${from}  ${why}`, ...details.map((detail) => `  ${detail}`)];
}

function percent(share: number): string {
  return `${(share * 100).toLocaleString("en-US", { maximumSignificantDigits: 2 })} %`;
}

function sayFacts(facts: readonly Fact[]): string[] {
  const telling = facts.filter(({ state }) => state !== "same" && state !== "unknown");
  return inColumns(
    telling.map(({ name, left, right }) => [name, sayRecorded(left), "→", sayRecorded(right)]),
  );
}

function equal(facts: readonly Fact[], noun: string): string {
  return counted(facts.filter(({ state }) => state === "same").length, noun);
}

function metricLine({ name, split, left, right, change, reason, of }: MetricComparison): string[] {
  const series = of.left > 1 || of.right > 1 ? `  (last of ${of.left} and ${of.right})` : "";
  const said =
    reason !== null
      ? `not comparable: ${reason}`
      : change === null
        ? ""
        : change === 0
          ? "="
          : metricChange(change);
  return [
    split === null ? name : `${name} (${split})`,
    sayRecorded(left),
    sayRecorded(right),
    `${said}${series}`,
  ];
}

function sayValues(values: readonly ValueRow[], count: number): string[] {
  const shown = values.filter(({ isEqual }) => !isEqual);
  const hidden = values.length - shown.length;
  return [
    ...inColumns([
      ["", ...Array.from({ length: count }, (_, at) => String(at + 1))],
      ...shown.map(({ name, values: each, reasons }) => [
        name,
        ...each.map((value, at) => `${sayRecorded(value)}${reasons[at] === null ? "" : " (not comparable)"}`),
      ]),
    ]),
    ...(hidden > 0 ? [`${counted(hidden, "row")} equal in all`] : []),
  ];
}

function sayRecorded(recorded: Recorded): string {
  if (recorded === null) return "-";
  const { value } = recorded;
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
