import { type ReactNode, useState } from "react";
import type { Host, Mount } from "../../host.ts";
import { draw } from "../kit/draw.tsx";
import { FailureNotice } from "../kit/failure-notice.tsx";
import { useAnswer } from "../kit/use-answer.ts";
import { Waiting } from "../kit/waiting.tsx";
import { CompareHeader } from "./compare-header.tsx";
import { ManyPage } from "./many/many-page.tsx";
import { PairPage } from "./pair-page.tsx";
import { RunPicker } from "./run-picker.tsx";
import "./compare.css";

/** What changed between runs: the verdict first, then only what is not equal. */
export const mountCompare: Mount<"compare"> = (element, host, params) =>
  draw(element, <Compare host={host} ids={params.ids} />);

function Compare(props: { host: Host; ids: readonly string[] }): ReactNode {
  const [ids, setIds] = useState(props.ids);
  const [first, ...others] = ids;
  return (
    <main className="lb-panel lb-compare">
      {first !== undefined && others.length === 0 ? (
        <RunPicker host={props.host} id={first} />
      ) : (
        <Compared host={props.host} ids={ids} onReverse={() => setIds([...ids].reverse())} />
      )}
    </main>
  );
}

function Compared(props: { host: Host; ids: readonly string[]; onReverse: () => void }): ReactNode {
  const { host, ids, onReverse } = props;
  const { answer, failure, asking, again } = useAnswer(host, "lookback/runs/compare", { ids: [...ids] });
  if (answer === null) {
    return failure ? (
      <FailureNotice failure={failure} onRetry={again} />
    ) : (
      <Waiting>Comparing the runs</Waiting>
    );
  }
  const { pair } = answer;
  return (
    <>
      {failure ? <FailureNotice failure={failure} onRetry={again} /> : null}
      <CompareHeader host={host} comparison={answer} isStale={asking} onReverse={onReverse} />
      {pair === null ? (
        <ManyPage host={host} comparison={answer} />
      ) : (
        <PairPage host={host} comparison={answer} pair={pair} />
      )}
    </>
  );
}
