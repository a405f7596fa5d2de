import type { JoinFeature } from "@lookback/protocol/joins.ts";
import { type ReactNode, useEffect, useState } from "react";
import { shareText } from "./cell-text.ts";
import { ageText } from "./time-text.ts";
import type { Preview } from "./use-preview.ts";

const minuteUs = 60_000_000;

/** Four facts about the whole join, and how long the focused view's rows take to arrive. */
export function FactsBar(props: {
  preview: Preview;
  focused: JoinFeature;
  delaysUs: Readonly<Record<string, number>>;
  onDelay: (view: string, delayUs: number) => void;
}): ReactNode {
  const { preview, focused } = props;
  const { facts, plan } = preview;
  const at = plan.features.indexOf(focused);
  const rows = Number(facts.rows);
  const age = facts[`f${at}_age`];
  return (
    <div className="lb-join-facts">
      <dl>
        <Fact
          name="Leaked by a naive join"
          value={shareText(Number(facts.leaked), rows)}
          leak={Number(facts.leaked) > 0}
          title={`${Number(facts.leaked).toLocaleString()} rows in which some feature would have come from the future. Naive means as-of on event time: the newest row, or the window, observed by the moment of prediction, arrived or not.`}
        />
        <Fact
          name="Timing skew"
          value={shareText(Number(facts.skewed), rows)}
          title={`${Number(facts.skewed).toLocaleString()} rows whose values differ between the time of observation and the time of arrival.`}
        />
        <Fact
          name="Median age when served"
          value={typeof age === "number" ? ageText(age) : "none"}
          title={`Of ${focused.ref}: from its observation to the moment of prediction.`}
        />
        <Fact
          name="No value"
          value={shareText(Number(facts[`f${at}_none`] ?? 0), rows)}
          title={`${Number(facts[`f${at}_none`] ?? 0).toLocaleString()} rows without ${focused.ref}.`}
        />
      </dl>
      <DelaySlider
        key={focused.view}
        focused={focused}
        delayUs={props.delaysUs[focused.view]}
        onDelay={props.onDelay}
      />
    </div>
  );
}

function Fact(props: { name: string; value: string; title: string; leak?: boolean }): ReactNode {
  return (
    <div title={props.title}>
      <dt>{props.name}</dt>
      <dd className={props.leak ? "lb-join-leak" : ""}>{props.value}</dd>
    </div>
  );
}

function DelaySlider(props: {
  focused: JoinFeature;
  delayUs: number | undefined;
  onDelay: (view: string, delayUs: number) => void;
}): ReactNode {
  const { focused, onDelay } = props;
  const [stated] = useState(focused.delayUs);
  const [minutes, setMinutes] = useState((props.delayUs ?? focused.delayUs) / minuteUs);
  const longest = Math.max(360, Math.ceil((4 * stated) / minuteUs));

  useEffect(() => {
    if (minutes * minuteUs === (props.delayUs ?? stated)) return;
    const timer = setTimeout(() => onDelay(focused.view, minutes * minuteUs), 200);
    return () => clearTimeout(timer);
  }, [minutes, props.delayUs, stated, focused.view, onDelay]);

  return (
    <label
      className="lb-join-slider"
      title={`When a row of ${focused.view} can first be read, after it was observed.`}
    >
      <span>
        Arrives after <strong>{minutes === 0 ? "no time" : ageText(minutes * minuteUs)}</strong>
        {minutes * minuteUs === stated ? null : (
          <span className="lb-muted"> · defined {ageText(stated)}</span>
        )}
      </span>
      <input
        type="range"
        min={0}
        max={longest}
        step={longest > 1440 ? 60 : 15}
        value={minutes}
        aria-valuetext={ageText(minutes * minuteUs)}
        onChange={(event) => setMinutes(Number(event.target.value))}
      />
    </label>
  );
}
