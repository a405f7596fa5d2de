import type { HonestScore } from "@lookback/protocol/honest.ts";
import type { ReactNode } from "react";
import { metricDirection } from "../kit/metric.ts";
import { countText } from "../kit/quantity.ts";
import { looksText, tooGood } from "./looks-words.ts";

/** How often the rows of the score as written have judged something, and what that makes of the best score. */
export function LooksCard(props: { looks: HonestScore["looks"]; name: string }): ReactNode {
  const { looks, name } = props;
  if (looks === null) return null;
  const { odometer } = looks;
  return (
    <section className="lb-card lb-honest-card">
      <h2 className="lb-heading">How often have these rows judged something?</h2>
      {odometer === null ? (
        <p className="lb-muted">{looks.sentence}.</p>
      ) : (
        <>
          <p>
            <strong>
              {odometer.isLeast ? "at least " : ""}
              {countText(odometer.models, "model")}
            </strong>{" "}
            <span className="lb-muted">{looksText(odometer)}</span>
          </p>
          <LookBars byRun={odometer.byRun} />
          <p className="lb-muted">{tooGood(odometer, metricDirection(name))}</p>
        </>
      )}
    </section>
  );
}

/** Models judged by each run, the oldest first; the runs of the last week are stronger. */
function LookBars(props: {
  byRun: NonNullable<NonNullable<HonestScore["looks"]>["odometer"]>["byRun"];
}): ReactNode {
  const shown = props.byRun.slice(-most);
  const highest = Math.max(...shown.map(({ models }) => models));
  const says = `Models judged in each of ${shown.length === props.byRun.length ? "" : "the last "}${countText(shown.length, "run")}`;
  return (
    <svg
      className="lb-honest-looks"
      viewBox={`0 0 ${Math.max(shown.length, 24) * 10} 44`}
      preserveAspectRatio="none"
      role="img"
      aria-label={says}
    >
      <title>{says}</title>
      {shown.map(({ run, at, models }, place) => (
        <rect
          key={run}
          x={place * 10 + 1}
          width={8}
          y={43 - (42 * models) / highest}
          height={(42 * models) / highest}
        >
          <title>{`${countText(models, "model")}, ${new Date(at).toLocaleString()}`}</title>
        </rect>
      ))}
    </svg>
  );
}

const most = 120;
