import type { PublishPlan } from "@lookback/protocol/publish.ts";
import type { ReactNode } from "react";

/** Where the release goes, and what becomes of the version before it. */
export function GoesTo(props: { plan: PublishPlan }): ReactNode {
  const { name, version } = props.plan;
  return (
    <section>
      <h2 className="lb-heading">Goes to</h2>
      <p className="lb-publish-target">This laptop</p>
      {version > 1 ? (
        <p className="lb-muted">Version {version - 1} stays warm. Roll back at any time.</p>
      ) : (
        <p className="lb-muted">Served on this machine only.</p>
      )}
      <dl className="lb-publish-places lb-muted">
        <dt>Folder</dt>
        <dd className="lb-mono">{`deploy/${name}/${version}/`}</dd>
        <dt>Tag</dt>
        <dd className="lb-mono">{`${name}/v${version}`}</dd>
      </dl>
    </section>
  );
}
