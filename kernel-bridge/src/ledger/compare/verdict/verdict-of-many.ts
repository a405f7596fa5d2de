import { counted } from "../../../counted.ts";
import { metricTitle, metricValue } from "../../../metrics/metric-words.ts";
import type { ValueRow, Verdict } from "../comparison.ts";
import { compareData } from "../facts/compare-data.ts";
import type { Side } from "../side.ts";
import { dataClause } from "./data-clause.ts";
import { inWords } from "./in-words.ts";

/** What sets some runs apart, and which of them has the best score that may be compared. */
export function verdictOfMany(sides: readonly Side[], values: readonly ValueRow[]): Verdict {
  const differing = values.filter(({ kind, isEqual }) => kind !== "metric" && !isEqual).length;
  const best = bestOf(sides, values);
  const { grounds, unknown } = groundsOf(sides);
  const said = [
    counted(sides.length, "run"),
    ...(grounds.length === 0 ? [] : [`${inWords(grounds)} ${grounds.length === 1 ? "differs" : "differ"}`]),
    differing === 0
      ? "no parameter differs"
      : `${counted(differing, "parameter")} ${differing === 1 ? "differs" : "differ"}`,
    ...(best === null ? [] : [best.text]),
  ];
  return { parts: [{ text: said.join(", "), tone: "plain" }], doubts: [...unknown, ...(best?.doubts ?? [])] };
}

/** What the scores stand on, and is not the same in all: each run is held against the first. */
function groundsOf([first, ...others]: readonly Side[]): { grounds: string[]; unknown: string[] } {
  if (first === undefined) return { grounds: [], unknown: [] };
  const codeOf = ({ cells }: Side) =>
    cells === null
      ? null
      : cells
          .filter(({ type }) => type === "code")
          .map((cell) => cell.ran?.sourceSha256 ?? cell.sha256)
          .join();
  const codes = new Set([first, ...others].map(codeOf));
  const clauses = others.map((side) =>
    dataClause(first, side, compareData(first.run.datasets, side.run.datasets)),
  );
  const hasOtherData = clauses.some(({ changes }) => changes.length > 0);
  return {
    grounds: [
      ...([...codes].filter((code) => code !== null).length > 1 ? ["code"] : []),
      ...(hasOtherData ? ["data"] : []),
    ],
    unknown: [
      ...(codes.has(null) ? ["Whether the code is the same is not known: a notebook cannot be read."] : []),
      ...new Set(
        clauses
          .flatMap(({ doubts }) => doubts)
          .map((doubt) =>
            doubt
              .replace(/the (left|right) run/, "one of the runs")
              .replace(/^The (left|right) run/, "One of the runs"),
          ),
      ),
    ],
  };
}

function bestOf(
  sides: readonly Side[],
  values: readonly ValueRow[],
): { readonly text: string; readonly doubts: string[] } | null {
  const headline = sides.flatMap(({ summary }) => summary.metric?.name ?? []);
  const row = headline
    .map((name) => values.find((each) => each.kind === "metric" && each.name === name))
    .find((each) => each !== undefined && each.values.filter(Boolean).length > 1);
  if (row === undefined) return { text: "no score in common", doubts: [] };
  const ranked = row.values.flatMap((recorded, at) =>
    recorded !== null && typeof recorded.value === "number" && row.reasons[at] === null
      ? [{ at, value: recorded.value }]
      : [],
  );
  const title = metricTitle(row.name);
  const doubts = row.reasons.flatMap((reason, at) =>
    reason === null ? [] : [`${title} of run ${idOf(sides[at])} is not ranked: ${reason}.`],
  );
  if (ranked.length < 2) return { text: `no two ${title} that may be compared`, doubts };
  if (row.direction === "unknown") {
    const sorted = ranked.map(({ value }) => value).sort((a, b) => a - b);
    return {
      text: `${title} ${metricValue(sorted[0]!, "en-US")} to ${metricValue(sorted.at(-1)!, "en-US")}`,
      doubts,
    };
  }
  const sign = row.direction === "lower" ? -1 : 1;
  const best = ranked.reduce((one, other) => (sign * other.value > sign * one.value ? other : one));
  return { text: `best ${title} ${metricValue(best.value, "en-US")} in run ${idOf(sides[best.at])}`, doubts };
}

function idOf(side: Side | undefined): string {
  return side?.run.id.slice(-6) ?? "";
}
