import type { Run } from "@lookback/protocol/runs.ts";
import type { ReactNode } from "react";
import type { Host } from "../../host.ts";
import { Pill } from "../kit/pill.tsx";
import { bytesText } from "../kit/quantity.ts";
import { CopyableId } from "./copyable-id.tsx";

/** The files a run read and wrote, each by its hash. */
export function DataTable(props: { host: Host; datasets: Run["datasets"] }): ReactNode {
  if (props.datasets.length === 0) return null;
  return (
    <div className="lb-card lb-scroll">
      <table className="lb-table">
        <thead>
          <tr>
            <th>file</th>
            <th>SHA-256</th>
            <th className="lb-number">size</th>
            <th className="lb-number">rows</th>
          </tr>
        </thead>
        <tbody>
          {props.datasets.map((use) => (
            <tr key={`${use.cellId} ${use.access} ${use.path}`}>
              <th scope="row" className="lb-data-path" title={schemaText(use)}>
                <span className="lb-ellipsis">{use.path}</span>
                <span className="lb-data-standing">
                  {use.access === "write" ? <Pill kind="known">written</Pill> : null}
                  {use.unstable ? (
                    <Pill
                      kind="late"
                      mark="◐"
                      title="The file changed while or after it was read; the hash may not be of what was read."
                    >
                      unstable
                    </Pill>
                  ) : null}
                  {use.stored ? null : (
                    <Pill title="Named here; its bytes are not in the content store.">not stored</Pill>
                  )}
                </span>
              </th>
              <td>
                {use.sha256 ? (
                  <CopyableId host={props.host} id={use.sha256} what="SHA-256" />
                ) : (
                  <span className="lb-none" title="The file could not be hashed.">
                    none
                  </span>
                )}
              </td>
              <td className="lb-number">
                {use.size === null ? <None why="Not known." /> : bytesText(use.size)}
              </td>
              <td className="lb-number">
                {use.rows === null ? <None why="Not a table, or not counted." /> : use.rows.toLocaleString()}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function None(props: { why: string }): ReactNode {
  return (
    <span className="lb-none" title={props.why}>
      none
    </span>
  );
}

function schemaText(use: Run["datasets"][number]): string {
  if (use.columns === null) return use.path;
  return [use.path, ...use.columns.map((column) => `${column.name} ${column.type}`)].join("\n");
}
