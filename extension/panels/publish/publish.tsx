import type { ReactNode } from "react";
import type { Host, Mount } from "../../host.ts";
import { draw } from "../kit/draw.tsx";
import { FailureNotice } from "../kit/failure-notice.tsx";
import { Waiting } from "../kit/waiting.tsx";
import { CalledWith } from "./called-with.tsx";
import { CellsThatShip } from "./cells-that-ship.tsx";
import { ChecksList } from "./checks-list.tsx";
import { GoesTo } from "./goes-to.tsx";
import { Obstacles } from "./obstacles.tsx";
import { Outcome } from "./outcome.tsx";
import { PublishHeader } from "./publish-header.tsx";
import { usePublish } from "./use-publish.ts";
import "./publish.css";

/** What would ship from a notebook, what was checked, and the button that publishes it. Nothing is written before that is pressed. */
export const mountPublish: Mount<"publish"> = (element, host, params) =>
  draw(element, <PublishPanel host={host} notebook={params.notebook} />);

function PublishPanel(props: { host: Host; notebook: string }): ReactNode {
  const { host, notebook } = props;
  const publication = usePublish(host, notebook);
  const { plan, result, failure, state } = publication;
  return (
    <main className="lb-panel lb-publish">
      {plan === null ? (
        failure ? (
          <FailureNotice failure={failure} onRetry={publication.again} />
        ) : (
          <Waiting>Reading the notebook and its runs</Waiting>
        )
      ) : (
        <>
          <PublishHeader host={host} publication={publication} plan={plan} />
          {plan.obstacles.length > 0 && result === null && failure === null ? (
            <Obstacles plan={plan} host={host} onRetry={publication.again} />
          ) : (
            <div className="lb-publish-body" data-state={state}>
              <div className="lb-publish-side">
                <CellsThatShip plan={plan} />
                <CalledWith host={host} plan={plan} />
                <GoesTo plan={plan} />
              </div>
              <div className="lb-publish-checks">
                {failure ? <FailureNotice failure={failure} /> : null}
                <Outcome publication={publication} />
                <ChecksList publication={publication} />
              </div>
            </div>
          )}
        </>
      )}
    </main>
  );
}
