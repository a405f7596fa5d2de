import type { Comparison, PairComparison } from "@lookback/protocol/compare.ts";
import { type ReactNode, useState } from "react";
import type { Host } from "../../host.ts";
import { EmptyState } from "../kit/empty-state.tsx";
import { TabList } from "../kit/tab-list.tsx";
import { CellChanges } from "./cells/cell-changes.tsx";
import { DataChanges } from "./data/data-changes.tsx";
import { EnvironmentChanges } from "./facts/environment-changes.tsx";
import { MetricChanges } from "./facts/metric-changes.tsx";
import { ModelChanges } from "./facts/model-changes.tsx";
import { NoteList } from "./facts/note-list.tsx";
import { ScoreMoves } from "./facts/score-moves.tsx";
import { countsOf, type PairCounts } from "./pair-counts.ts";

/** What changed between two runs; what is equal is counted. */
export function PairPage(props: { host: Host; comparison: Comparison; pair: PairComparison }): ReactNode {
  const [tab, setTab] = useState<TabId>("all");
  const counts = countsOf(props.pair);
  return (
    <>
      <TabList
        tabs={TABS.map(({ id, title }) => ({ id, title, count: id === "all" ? null : counts[id] }))}
        chosen={tab}
        label="What is compared"
        prefix="lb-compare-"
        onChoose={setTab}
      />
      <div className="lb-compare-body" role="tabpanel" id={`lb-compare-${tab}`} aria-label={titleOf(tab)}>
        {tab === "all" ? <Everything {...props} counts={counts} /> : <One {...props} tab={tab} />}
      </div>
    </>
  );
}

type TabId = "all" | keyof PairCounts;

const TABS: readonly { readonly id: TabId; readonly title: string }[] = [
  { id: "all", title: "Everything that changed" },
  { id: "cells", title: "Cells" },
  { id: "data", title: "Data" },
  { id: "model", title: "Model" },
  { id: "metrics", title: "Metrics" },
  { id: "environment", title: "Environment" },
];

function titleOf(tab: TabId): string {
  return TABS.find(({ id }) => id === tab)?.title ?? "";
}

interface Shown {
  readonly host: Host;
  readonly comparison: Comparison;
  readonly pair: PairComparison;
}

/** Each kind of thing on its own, what is equal included. */
function One(props: Shown & { tab: keyof PairCounts }): ReactNode {
  const { host, comparison, pair, tab } = props;
  const { runs } = comparison;
  switch (tab) {
    case "cells":
      return <CellChanges host={host} cells={pair.cells} show="all" />;
    case "data":
      return <DataChanges host={host} runs={runs} data={pair.data} isWhole />;
    case "model":
      return <ModelChanges runs={runs} pair={pair} isWhole />;
    case "metrics":
      return (
        <div className="lb-compare-columns">
          <MetricChanges runs={runs} metrics={pair.metrics} looks={comparison.looks} />
          <ScoreMoves metrics={pair.metrics} />
        </div>
      );
    case "environment":
      return <EnvironmentChanges runs={runs} pair={pair} isWhole />;
  }
}

function Everything(props: Shown & { counts: PairCounts }): ReactNode {
  const { host, comparison, pair, counts } = props;
  const { runs } = comparison;
  const nothing =
    pair.cells.isKnown && Object.values(counts).every((count) => count === 0) && pair.metrics.length === 0;
  return (
    <>
      {nothing ? <EmptyState title="Nothing that was recorded differs." /> : null}
      <CellChanges host={host} cells={pair.cells} show="sources" />
      <DataChanges host={host} runs={runs} data={pair.data} />
      <div className="lb-compare-columns">
        <div className="lb-compare-column">
          <MetricChanges runs={runs} metrics={pair.metrics} looks={comparison.looks} />
          <ModelChanges runs={runs} pair={pair} />
        </div>
        <div className="lb-compare-column">
          <ScoreMoves metrics={pair.metrics} />
          <EnvironmentChanges runs={runs} pair={pair} />
          <NoteList runs={runs} />
        </div>
      </div>
      <CellChanges host={host} cells={pair.cells} show="outputs" />
    </>
  );
}
