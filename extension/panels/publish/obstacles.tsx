import type { PublishPlan } from "@lookback/protocol/publish.ts";
import type { ReactNode } from "react";
import type { Host } from "../../host.ts";
import { EmptyState } from "../kit/empty-state.tsx";

/** Why the notebook cannot be published as it stands, and what to do. */
export function Obstacles(props: { plan: PublishPlan; host: Host; onRetry: () => void }): ReactNode {
  const { plan, host } = props;
  return (
    <EmptyState title={`Version ${plan.version} cannot be published yet.`}>
      <ul className="lb-publish-obstacles">
        {plan.obstacles.map((obstacle) => (
          <li key={obstacle}>{obstacle}</li>
        ))}
      </ul>
      <div className="lb-publish-retry">
        <button type="button" className="lb-button" onClick={() => host.openFile(plan.notebook)}>
          Open the notebook
        </button>
        <button type="button" className="lb-button" onClick={props.onRetry}>
          Check again
        </button>
      </div>
    </EmptyState>
  );
}
