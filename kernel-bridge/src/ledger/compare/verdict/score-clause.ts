import { metricChange, metricTitle, metricValue } from "../../../metrics/metric-words.ts";
import type { MetricComparison, Verdict } from "../comparison.ts";
import type { Side } from "../side.ts";

/** What became of the score: the right run's headline where both have it, else the first they share. */
export function scoreClause(left: Side, right: Side, metrics: readonly MetricComparison[]): Verdict {
  if (metrics.length === 0) return { parts: [], doubts: [] };
  const without = left.run.metrics.length === 0 ? "left" : right.run.metrics.length === 0 ? "right" : null;
  if (without !== null) return plain(`no score in the ${without} run`);
  const shared = metrics.filter((each) => each.left !== null && each.right !== null);
  const isHeadline = ({ name }: MetricComparison) => name === right.summary.metric?.name;
  const main =
    shared.find((each) => isHeadline(each) && each.reason === null) ?? shared.find(isHeadline) ?? shared[0];
  if (main === undefined) return plain("no score in common");
  const title = metricTitle(main.name);
  if (main.reason !== null) {
    const both = [main.left, main.right]
      .map((each) => metricValue(Number(each?.value), "en-US"))
      .join(" and ");
    return plain(`${title} not comparable`, [`${title} ${both} are not compared: ${main.reason}.`]);
  }
  const isOfOne = ({ left, right }: MetricComparison["rows"] | MetricComparison["splits"]) =>
    (left === null) !== (right === null);
  const doubts = [
    ...(isOfOne(main.rows) ? [`Over how many rows ${title} was computed is known of one run only.`] : []),
    ...(isOfOne(main.splits)
      ? [`Whether ${title} is of rows that were trained on is known of one run only.`]
      : []),
  ];
  if (main.change === null) return plain(`${title} not comparable`, [`${title} is no number in both runs.`]);
  const others = against(main, shared);
  if (main.change === 0) return plain(`${title} unchanged${others}`, doubts);
  return {
    parts: [
      { text: `${title} `, tone: "plain" },
      { text: metricChange(main.change, "en-US"), tone: toneOf(main) },
      ...(others === "" ? [] : [{ text: others, tone: "plain" as const }]),
    ],
    doubts,
  };
}

function plain(text: string, doubts: readonly string[] = []): Verdict {
  return { parts: [{ text, tone: "plain" }], doubts };
}

function toneOf({ change, direction }: MetricComparison): "plain" | "better" | "worse" {
  if (change === null || change === 0 || direction === "unknown") return "plain";
  return change > 0 === (direction === "higher") ? "better" : "worse";
}

/** Other scores that went the other way: a sentence with one score must not hide them. */
function against(main: MetricComparison, shared: readonly MetricComparison[]): string {
  const tone = toneOf(main);
  const others = shared.filter((each) => each !== main && each.reason === null && each.name !== main.name);
  const worse = others.filter((each) => toneOf(each) === "worse");
  const better = others.filter((each) => toneOf(each) === "better");
  const opposite = tone === "worse" ? better : worse;
  const [only] = opposite;
  if (only === undefined) return "";
  if (opposite.length > 1)
    return `, but ${opposite.length} other scores ${tone === "worse" ? "better" : "worse"}`;
  return `, but ${metricTitle(only.name)} ${metricChange(only.change ?? 0, "en-US")}`;
}
