import type { Gate, PublishResult } from "@lookback/lsp-server/protocol.ts";
import type { ReactNode } from "react";
import type { Host } from "../../host.ts";

/** What came of it: where the release is and how to reach it, or which check stopped it and that nothing was done. */
export function Outcome(props: {
  host: Host;
  result: PublishResult | null;
  gates: readonly Gate[];
  onAgain: () => void;
}): ReactNode {
  const { host, result, gates } = props;
  if (result === null) return null;
  if (!result.published) {
    const failed = gates.find((gate) => gate.state === "failed");
    return (
      <div className="lb-notice lb-publish-outcome" role="alert">
        <strong>Not published: {failed ? `“${failed.title}” failed` : "a check failed"}.</strong>
        <span>Nothing was written, committed or deployed. Fix it, run the notebook and publish again.</span>
      </div>
    );
  }
  return (
    <div className="lb-publish-outcome lb-publish-done" role="status">
      <strong>
        {result.name} version {result.version} {result.deployed ? "is live" : "is written"}.
      </strong>
      <span>
        {result.tag === null ? "Not tagged: there is no git repository here." : `Tag ${result.tag}.`}{" "}
        {result.deployed && result.url !== null ? (
          <code className="lb-mono">{result.url}</code>
        ) : (
          "Not deployed."
        )}
      </span>
      <span>
        <button
          type="button"
          className="lb-button lb-primary"
          onClick={() => host.openPanel("deployments", { name: result.name })}
        >
          Open deployments
        </button>
      </span>
    </div>
  );
}
