import { elsewhereText } from "@lookback/kernel-bridge/metrics/leak-words.ts";
import type { LeakCounts } from "@lookback/kernel-bridge/metrics/leaks-of-score.ts";
import type { ReactNode } from "react";
import { Pill } from "./pill.tsx";

/** Leaks of the notebook that do not count against a score; nothing where there are none. */
export function ElsewherePill(props: { leaks: LeakCounts }): ReactNode {
  const text = elsewhereText(props.leaks);
  return text === null ? null : (
    <Pill mark="◇" title="In code of the notebook that this score does not rest on.">
      {text}
    </Pill>
  );
}
