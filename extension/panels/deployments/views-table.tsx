import type { DeploymentStatus } from "@lookback/protocol/deployments.ts";
import type { ReactNode } from "react";
import { Pill } from "../kit/pill.tsx";
import { durationText } from "../kit/quantity.ts";
import { RelativeTime } from "../kit/relative-time.tsx";
import { freshness, longDuration } from "./freshness.ts";

/** How old what the views hold is, and whether it still counts as of now. */
export function ViewsTable(props: { views: DeploymentStatus["views"]; now: Date }): ReactNode {
  if (props.views.length === 0) return null;
  const stale = props.views.some((view) => !freshness(view, props.now).fresh);
  return (
    <section aria-label="Features, fresh?">
      <h2 className="lb-heading">Features, fresh?</h2>
      <div className="lb-card lb-deploy-scroll">
        <table className="lb-table">
          <thead>
            <tr>
              <th scope="col">view</th>
              <th scope="col" className="lb-deploy-wide">
                last refresh
              </th>
              <th scope="col" className="lb-number">
                newest row
              </th>
              <th scope="col" className="lb-number lb-deploy-wide">
                delay
              </th>
              <th scope="col" className="lb-number">
                rows
              </th>
              <th scope="col" className="lb-deploy-state">
                now
              </th>
            </tr>
          </thead>
          <tbody>
            {props.views.map((view) => {
              const { fresh, age, why } = freshness(view, props.now);
              return (
                <tr key={view.name}>
                  <th scope="row">{view.name}</th>
                  <td className="lb-muted lb-deploy-wide">
                    {view.materializedAt ? (
                      <RelativeTime at={view.materializedAt} />
                    ) : (
                      <span className="lb-none">never</span>
                    )}
                  </td>
                  <td className="lb-number" title={view.newestEventTime ?? ""}>
                    {age === null ? <span className="lb-none">none</span> : `${longDuration(age)} old`}
                  </td>
                  <td className="lb-number lb-deploy-wide">
                    {view.delayMs === 0 ? "none" : durationText(view.delayMs)}
                  </td>
                  <td className="lb-number">{view.rows.toLocaleString()}</td>
                  <td className="lb-deploy-state">
                    {fresh ? (
                      <Pill kind="better" title={why}>
                        fresh
                      </Pill>
                    ) : (
                      <Pill kind="late" mark="◐" title={why}>
                        out of date
                      </Pill>
                    )}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      {stale ? (
        <p className="lb-muted lb-deploy-note">
          Asked as of now, a view that is out of date has no value. A request may name another moment with{" "}
          <code className="lb-mono">at</code>.
        </p>
      ) : null}
    </section>
  );
}
