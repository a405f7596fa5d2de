import type { UnreadableDeployment } from "@lookback/protocol/deployments.ts";
import type { ReactNode } from "react";

/** What is recorded as deployed and cannot be read, a row each with its reason; nothing when there is none. */
export function UnreadableDeployments(props: { deployments: readonly UnreadableDeployment[] }): ReactNode {
  if (props.deployments.length === 0) return null;
  return (
    <ul className="lb-deploy-unreadable" aria-label="Deployments that cannot be read">
      {props.deployments.map(({ name, reason }) => (
        <li key={`${name} ${reason}`}>
          <strong className="lb-ellipsis">
            The record of {name ?? "a deployment"} cannot be read: nothing answers
          </strong>
          <span className="lb-muted">{reason}</span>
        </li>
      ))}
    </ul>
  );
}
