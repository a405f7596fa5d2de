import type { Run } from "@lookback/protocol/runs.ts";
import type { ReactNode } from "react";
import type { Host } from "../../host.ts";
import type { AllShown } from "../kit/all-shown.ts";
import { Pill } from "../kit/pill.tsx";
import { bytesText, countText } from "../kit/quantity.ts";
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
            <DataRow
              key={`${use.cellId} ${use.access} ${use.path} ${use.sha256}`}
              host={props.host}
              use={use}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function DataRow(props: { host: Host; use: Run["datasets"][number] }): ReactNode {
  const { path, access, unstable, stored, sha256, size, rows, columns, kind, files, ...rest } = props.use;
  const { version, query, rowsDigest, ...others } = rest;
  const { cellId: _cell, ...unshown } = others;
  unshown satisfies AllShown;
  return (
    <tr>
      <th scope="row" className="lb-data-path">
        <button
          type="button"
          className="lb-link lb-ellipsis"
          aria-label={`Which runs saw ${path}`}
          title={`Which runs saw this file\n${titleOf(path, { version, query, rowsDigest, columns })}`}
          onClick={() =>
            props.host.openPanel("lineage", { of: sha256 === null ? { path } : { path, sha256 } })
          }
        >
          {path}
        </button>
        <span className="lb-data-standing">
          {access === "write" ? <Pill kind="known">written</Pill> : null}
          {kind === null || kind === "address" ? null : (
            <Pill title={kinds[kind]}>{files === null ? kind : countText(files, "file")}</Pill>
          )}
          {unstable ? (
            <Pill
              kind="late"
              mark="◐"
              title="It changed after the cell used it and before it was hashed: what it held then is not known."
            >
              unstable
            </Pill>
          ) : null}
          {stored ? null : (
            <Pill title="Named here; its bytes are not in the content store.">not stored</Pill>
          )}
        </span>
      </th>
      <td>
        {sha256 ? (
          <CopyableId host={props.host} id={sha256} what="SHA-256" />
        ) : (
          <NotKnown why="The file could not be hashed." />
        )}
      </td>
      <td className="lb-number">
        {size === null ? <NotKnown why="Nobody said how large it is." /> : bytesText(size)}
      </td>
      <td className="lb-number">
        {rows === null ? <NotKnown why="Not a table, or not counted." /> : rows.toLocaleString()}
      </td>
    </tr>
  );
}

function NotKnown(props: { why: string }): ReactNode {
  return (
    <span className="lb-none" title={props.why}>
      not known
    </span>
  );
}

const kinds = {
  folder: "Many files of one folder, by a manifest of their hashes.",
  made: "Not from a file: a library brings or makes it.",
  query: "What a database answered.",
};

type Details = Pick<Run["datasets"][number], "version" | "query" | "rowsDigest" | "columns">;

function titleOf(path: string, { version, query, rowsDigest, columns }: Details): string {
  return [
    path,
    ...(version === null ? [] : [`version ${version}`]),
    ...(query === null ? [] : [query]),
    ...(rowsDigest === null ? [] : [`rows in any order ${rowsDigest}`]),
    ...(columns ?? []).map(({ name, type }) => `${name} ${type}`),
  ].join("\n");
}
