import type { Run } from "@lookback/protocol/runs.ts";
import type { ReactNode } from "react";
import type { AllShown } from "../kit/all-shown.ts";
import { countText } from "../kit/quantity.ts";
import { shortId } from "./run-words.ts";

/** Python, platform, the user's commit and every package's version, folded away until asked for. */
export function EnvironmentList(props: { run: Run }): ReactNode {
  const { environment, git } = props.run;
  const { python, platform, packages: versions, ...rest } = environment;
  rest satisfies AllShown;
  const packages = Object.entries(versions).sort(([a], [b]) => a.localeCompare(b));
  return (
    <section className="lb-run-section">
      <h2 className="lb-heading">Environment</h2>
      <p className="lb-muted">
        Python {python} · {platform}
      </p>
      {git ? (
        <p className="lb-muted">
          {git.branch ?? "detached"} at{" "}
          <span className="lb-mono" title={git.head ?? undefined}>
            {git.head ? shortId(git.head) : "no commit"}
          </span>
          {git.dirty ? " with uncommitted changes" : ""}
        </p>
      ) : null}
      {packages.length > 0 ? (
        <details>
          <summary>{countText(packages.length, "package")}</summary>
          <table className="lb-table lb-parameters">
            <tbody>
              {packages.map(([name, version]) => (
                <tr key={name}>
                  <th scope="row" className="lb-mono lb-muted">
                    {name}
                  </th>
                  <td className="lb-mono">{version}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </details>
      ) : null}
    </section>
  );
}
