import type { GitChanges, Run } from "@lookback/protocol/runs.ts";
import type { ReactNode } from "react";
import type { AllShown } from "../kit/all-shown.ts";
import { countText } from "../kit/quantity.ts";
import { machineText } from "./machine-text.ts";
import { shortId } from "./run-words.ts";

/** Python, platform, the user's commit and every package's version, folded away until asked for. */
export function EnvironmentList(props: { run: Run }): ReactNode {
  const { environment, git } = props.run;
  const { python, platform, packages: versions, variables, ...machine } = environment;
  const { processor, processors, memoryBytes, gpus, ...rest } = machine;
  rest satisfies AllShown;
  const packages = Object.entries(versions).sort(([a], [b]) => a.localeCompare(b));
  return (
    <section className="lb-run-section">
      <h2 className="lb-heading">Environment</h2>
      <p className="lb-muted">
        Python {python} · {platform}
      </p>
      <p className="lb-muted">{machineText(machine)}</p>
      {git ? (
        <p className="lb-muted">
          {git.branch ?? "detached"} at{" "}
          <span className="lb-mono" title={git.head ?? undefined}>
            {git.head ? shortId(git.head) : "no commit"}
          </span>
          {git.dirty ? " with uncommitted changes" : ""}
        </p>
      ) : null}
      {git?.changes ? <ChangedFiles changes={git.changes} /> : null}
      {Object.keys(variables ?? {}).length > 0 ? (
        <details>
          <summary>{countText(Object.keys(variables ?? {}).length, "environment variable")}</summary>
          <NamedValues values={Object.entries(variables ?? {})} />
        </details>
      ) : null}
      {packages.length > 0 ? (
        <details>
          <summary>{countText(packages.length, "package")}</summary>
          <NamedValues values={packages} />
        </details>
      ) : null}
    </section>
  );
}

function NamedValues(props: { values: readonly (readonly [string, string])[] }): ReactNode {
  return (
    <table className="lb-table lb-parameters">
      <tbody>
        {props.values.map(([name, value]) => (
          <tr key={name}>
            <th scope="row" className="lb-mono lb-muted">
              {name}
            </th>
            <td className="lb-mono">{value}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function ChangedFiles(props: { changes: GitChanges }): ReactNode {
  const { files, total, notKept } = props.changes;
  return (
    <details>
      <summary>{countText(total, "changed file")}</summary>
      <p className="lb-muted">
        {notKept === null
          ? "What changed in them is kept with the run: git/changes.diff."
          : `What changed in them is not kept: ${notKept}.`}
      </p>
      <ul className="lb-mono">
        {files.map((file) => (
          <li key={file}>{file}</li>
        ))}
      </ul>
      {total > files.length ? <p className="lb-muted">and {total - files.length} more</p> : null}
    </details>
  );
}
