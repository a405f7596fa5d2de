import type { UnreadableDeployment } from "@lookback/protocol/deployments.ts";
import type { ReactNode } from "react";
import { Pill } from "../kit/pill.tsx";

/** What is recorded as deployed and cannot be read, a row each with its reason, and what to do; nothing when there is none. */
export function UnreadableDeployments(props: { deployments: readonly UnreadableDeployment[] }): ReactNode {
  const { deployments } = props;
  if (deployments.length === 0) return null;
  const [record, it] = deployments.length === 1 ? ["its record", "it"] : ["their records", "them"];
  return (
    <section className="lb-deploy-unreadable" aria-label="Deployments that cannot be read">
      <ul>
        {deployments.map(({ name, reason }) => (
          <li key={`${name} ${reason}`}>
            <strong>{name ?? "A deployment without a name"}</strong>
            <Pill kind="late" mark="◐">
              unreadable: nothing answers
            </Pill>
            <span className="lb-muted">{reason}</span>
          </li>
        ))}
      </ul>
      <p className="lb-muted lb-deploy-note">
        Mend {record} in <code className="lb-mono">pipeline/deployments.json</code> of Lookback's folder (
        <code className="lb-mono">.git/lookback</code>, or <code className="lb-mono">.lookback</code>) or take{" "}
        {it} out, then start the pipeline again.
      </p>
    </section>
  );
}
