import type { PublishPlan } from "@lookback/lsp-server/protocol.ts";
import type { ReactNode } from "react";

/** Where the release goes, and what becomes of the version before it. */
export function GoesTo(props: { plan: PublishPlan }): ReactNode {
  const { name, version } = props.plan;
  return (
    <section>
      <h2 className="lb-heading">Goes to</h2>
      <p className="lb-publish-target">This laptop</p>
      <p className="lb-muted">
        Written to <code className="lb-mono">{`deploy/${name}/${version}/`}</code>, tagged{" "}
        <code className="lb-mono">{`${name}/v${version}`}</code>, served on this machine only.
        {version > 1 ? ` Version ${version - 1} stays; roll back at any time.` : ""}
      </p>
    </section>
  );
}
