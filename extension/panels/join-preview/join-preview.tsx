import type { JoinFeature } from "@lookback/protocol/joins.ts";
import { type ReactNode, useState } from "react";
import type { Host, Mount } from "../../host.ts";
import { draw } from "../kit/draw.tsx";
import { EmptyState } from "../kit/empty-state.tsx";
import { FailureNotice } from "../kit/failure-notice.tsx";
import { FactsBar } from "./facts-bar.tsx";
import { FilterBar } from "./filter-bar.tsx";
import "./join-preview.css";
import { PreviewHeader } from "./preview-header.tsx";
import type { RowFilter } from "./preview-query.ts";
import { RowsTable } from "./rows-table.tsx";
import { type Preview, usePreview } from "./use-preview.ts";
import { useRows } from "./use-rows.ts";
import { WhyPane } from "./why-pane.tsx";

/** The point-in-time join of a training set, run in the page: which row each cell picked, how old it was, and what a naive join would have leaked. */
export const mountJoinPreview: Mount<"join-preview"> = (element, host, params) =>
  draw(element, <JoinPreview host={host} {...params} />);

function JoinPreview(props: { host: Host; uri: string; trainingSet: string }): ReactNode {
  const { host, uri, trainingSet } = props;
  const [delaysUs, setDelays] = useState<Readonly<Record<string, number>>>({});
  const { preview, progress, failure, again, cancel } = usePreview(host, { uri, trainingSet }, delaysUs);
  const setDelay = (view: string, delayUs: number) => setDelays((old) => ({ ...old, [view]: delayUs }));

  return (
    <div className="lb-panel lb-join" aria-busy={progress !== null}>
      <PreviewHeader host={host} uri={uri} trainingSet={trainingSet} preview={preview} />
      <div className="lb-join-progress" role="status">
        {progress ? (
          <>
            <div className="lb-progress">
              <div style={{ width: `${100 * progress.share}%` }} />
            </div>
            <span className="lb-join-doing lb-muted">
              {progress.doing}…{" "}
              <button type="button" className="lb-link" onClick={cancel}>
                Cancel
              </button>
            </span>
          </>
        ) : null}
      </div>
      {failure ? <FailureNotice failure={failure} onRetry={again} /> : null}
      {preview ? (
        <Computed host={host} preview={preview} delaysUs={delaysUs} onDelay={setDelay} />
      ) : progress || failure ? null : (
        <EmptyState title="The join was not computed.">
          <button type="button" className="lb-button" onClick={again}>
            Compute it
          </button>
        </EmptyState>
      )}
    </div>
  );
}

function Computed(props: {
  host: Host;
  preview: Preview;
  delaysUs: Readonly<Record<string, number>>;
  onDelay: (view: string, delayUs: number) => void;
}): ReactNode {
  const { preview } = props;
  const [ref, setRef] = useState<string | null>(null);
  const [filter, setFilter] = useState<RowFilter>({ onlyLeaked: false, entity: null });
  const [open, setOpen] = useState<number | null>(null);
  const focused = preview.plan.features.find((feature) => feature.ref === ref) ?? preview.plan.features[0];
  if (!focused) {
    return <EmptyState title="This training set names no features." action="Add some as view:feature." />;
  }
  return (
    <>
      <FactsBar preview={preview} focused={focused} delaysUs={props.delaysUs} onDelay={props.onDelay} />
      <div className={open === null ? "lb-join-body" : "lb-join-body lb-join-split"}>
        <Rows
          preview={preview}
          focused={focused}
          filter={filter}
          onFilter={setFilter}
          open={open}
          onOpen={(rowId, feature) => {
            setRef(feature.ref);
            setOpen(rowId);
          }}
        />
        {open === null ? null : (
          <WhyPane preview={preview} feature={focused} rowId={open} onClose={() => setOpen(null)} />
        )}
      </div>
    </>
  );
}

function Rows(props: {
  preview: Preview;
  focused: JoinFeature;
  filter: RowFilter;
  onFilter: (filter: RowFilter) => void;
  open: number | null;
  onOpen: (rowId: number, feature: JoinFeature) => void;
}): ReactNode {
  const rows = useRows(props.preview, props.focused, props.filter);
  return (
    <section className="lb-join-rows" aria-label="Rows of the training set">
      <FilterBar
        preview={props.preview}
        focused={props.focused}
        filter={props.filter}
        onFilter={props.onFilter}
        count={rows.count}
      />
      <RowsTable
        preview={props.preview}
        focused={props.focused}
        rows={rows}
        open={props.open}
        onOpen={props.onOpen}
      />
    </section>
  );
}
