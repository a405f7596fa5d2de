import type { Result } from "@lookback/protocol/requests.ts";
import type { ReactNode } from "react";
import type { Host } from "../../host.ts";
import { metricTitle, metricValue } from "../kit/metric.ts";
import { countText } from "../kit/quantity.ts";
import { fileTitle, shortClass } from "../kit/titles.ts";
import { Header } from "./header.tsx";
import { Unknowns } from "./unknowns.tsx";

/** Where a number comes from, step by step back: the cells that computed it, the model, the data, and then the runs that made the data. */
export function MetricChain(props: {
  host: Host;
  id: string;
  origin: Result<"lookback/lineage/metric">;
  back: (() => void) | null;
  picture: ReactNode;
}): ReactNode {
  const { host, id, origin, back, picture } = props;
  const { metric, cells, model, datasets, unknown } = origin;
  const last = cells.at(-1);
  const files = [...new Map(datasets.map((use) => [`${use.path} ${use.sha256}`, use])).values()];
  return (
    <>
      <Header title={`Where ${metricTitle(metric.name)} ${metricValue(metric.value)} comes from`} back={back}>
        <button type="button" className="lb-button" onClick={() => host.openPanel("run", { id })}>
          Open run
        </button>
      </Header>
      <div className="lb-lineage-body lb-lineage-above">
        <ol className="lb-lineage-chain">
          <li>
            <span className="lb-muted">computed in</span>{" "}
            {last === undefined || last.index === null ? "a cell that is gone" : `cell ${last.index + 1}`}
            {cells.length > 1 ? (
              <span className="lb-muted">, after {countText(cells.length - 1, "cell")} of the same run</span>
            ) : null}
          </li>
          <li>
            <span className="lb-muted">with</span>{" "}
            {model === null ? (
              <span className="lb-none">no model</span>
            ) : (
              <span title={model.className}>{shortClass(model.className)}</span>
            )}
          </li>
          <li>
            <span className="lb-muted">from</span>{" "}
            {files.length === 0 ? <span className="lb-none">no data that was read in this run</span> : null}
            {files.slice(0, MOST).map(({ path, sha256 }) => (
              <span key={`${path} ${sha256}`} className="lb-lineage-file">
                <button
                  type="button"
                  className="lb-link"
                  title={path}
                  onClick={() =>
                    host.openPanel("lineage", { of: sha256 === null ? { path } : { path, sha256 } })
                  }
                >
                  {fileTitle(path)}
                </button>
                <span className="lb-muted lb-mono">
                  {sha256 === null ? "bytes not known" : sha256.slice(0, 8)}
                </span>
              </span>
            ))}
            {files.length > MOST ? (
              <span className="lb-muted">and {(files.length - MOST).toLocaleString()} more</span>
            ) : null}
          </li>
        </ol>
        <Unknowns unknown={unknown} />
        <h2 className="lb-heading">And where that comes from</h2>
      </div>
      {picture}
    </>
  );
}

const MOST = 8;
