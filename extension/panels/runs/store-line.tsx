import { failureText } from "@lookback/protocol/failures.ts";
import type { Result } from "@lookback/protocol/requests.ts";
import { type ReactNode, useEffect, useState } from "react";
import type { Host } from "../../host.ts";
import { FailureNotice } from "../kit/failure-notice.tsx";
import { bytesText, countText } from "../kit/quantity.ts";
import { useAnswer } from "../kit/use-answer.ts";

type Store = Result<"lookback/stores/size">["stores"][number];
type Garbage = Result<"lookback/stores/collect">;

/** A quiet line for each store that takes more than its budget: what could go, and a button that frees it once it is confirmed. */
export function StoreLines({ host }: { host: Host }): ReactNode {
  const { answer, failure, again } = useAnswer(host, "lookback/stores/size", {});
  useEffect(
    () =>
      host.on("lookback/runs/changed", ({ id }) => {
        if (id === null) again();
      }),
    [host, again],
  );
  if (failure !== null) return <FailureNotice failure={failure} onRetry={again} />;
  return (answer?.stores ?? [])
    .filter(({ size }) => size.total > size.budget)
    .map((store) => <StoreLine key={store.folder} host={host} store={store} onFreed={again} />);
}

function StoreLine(props: { host: Host; store: Store; onFreed: () => void }): ReactNode {
  const { host, store, onFreed } = props;
  const { folder, size } = store;
  const [busy, setBusy] = useState(false);
  const free = async () => {
    setBusy(true);
    try {
      const would = await host.request("lookback/stores/collect", { folder, dryRun: true });
      if (would.bytes === 0 && would.runs.length === 0 && would.replaced === 0) {
        host.notify("info", nothingGoes(size));
        return;
      }
      const title = `Free about ${bytesText(would.bytes)}?`;
      if (!(await host.confirm(title, garbageText(would), "Free"))) return;
      const freed = await host.request("lookback/stores/collect", { folder, dryRun: false });
      host.notify("info", `${bytesText(freed.bytes)} freed.`);
      onFreed();
    } catch (error) {
      host.notify("error", failureText(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="lb-runs-store" title={folder}>
      <span>
        <span className="lb-runs-over" aria-hidden="true">
          ◐
        </span>{" "}
        {storeText(size)}
      </span>
      <button type="button" className="lb-link" disabled={busy} onClick={() => void free()}>
        {busy ? "Looking" : "Free up…"}
      </button>
    </div>
  );
}

/** What a store takes, and what of it could go. */
export function storeText({ total, budget, costly, deleted, old }: Store["size"]): string {
  const could = [
    ...(deleted > 0 ? [`${countText(deleted, "deleted run")} not freed yet`] : []),
    ...(old.runs.length > 0
      ? [
          `${countText(old.runs.length, "run")} older than 90 days ${old.runs.length === 1 ? "holds" : "hold"} ${bytesText(old.bytes)} alone`,
        ]
      : []),
    ...costly.map(
      ({ path, size, newBytes, rowGroups }) =>
        `${bytesText(newBytes)} of ${bytesText(size)} are new in the newest ${path}, Parquet in ${countText(rowGroups, "row group")}: if little changed, pyarrow's use_content_defined_chunking with one row group keeps a version small`,
    ),
  ];
  const rest = could.length === 0 ? "" : ` ${could.join("; ")}.`;
  return `Runs and their data take ${bytesText(total)}, over the budget of ${bytesText(budget)}.${rest}`;
}

/** What would go for good, a line each. */
export function garbageText({ runs, kept, data, unnamed, replaced }: Garbage): string {
  const rows = data
    .slice(0, MOST)
    .map(({ path, versions, bytes }) => `${path}: ${countText(versions, "version")}, ${bytesText(bytes)}`);
  return [
    ...(runs.length === 0
      ? []
      : [
          `${countText(runs.length, "deleted run")} cannot be brought back after it. The text and outputs of their notebooks stay in the ledger's git history.`,
        ]),
    ...rows,
    ...(data.length > MOST ? [`And ${countText(data.length - MOST, "more file")}.`] : []),
    ...(unnamed === 0 ? [] : [`${countText(unnamed, "stored file")} that no run names.`]),
    ...(replaced === 0
      ? []
      : [
          `${countText(replaced, "time")} that files were restored over, more than 30 days ago: the copies of them.`,
        ]),
    ...(kept.length === 0
      ? []
      : [
          `${countText(kept.length, "deleted run")} ${kept.length === 1 ? "stays" : "stay"}, since a deployment rests or rested on ${kept.length === 1 ? "it" : "them"}.`,
        ]),
  ].join("\n");
}

const MOST = 8;

function nothingGoes({ largest, old }: Store["size"]): string {
  const [most] = largest;
  const holds =
    most === undefined
      ? ""
      : ` ${most.path} takes most: ${countText(most.versions, "version")}, ${bytesText(most.bytes)}.`;
  const advice =
    old.runs.length > 0
      ? " Delete old runs first."
      : " Delete runs first, or raise the budget with `lookback gc --budget`.";
  return `Nothing can be freed: every byte is of a run that stands.${holds}${advice}`;
}
