import type { ReactNode } from "react";
import type { Publication } from "./use-publish.ts";

/** What came of it: where the release is and how to reach it, or which check stopped it and that nothing was done. */
export function Outcome(props: { publication: Publication }): ReactNode {
  const { result, gates } = props.publication;
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
  const { name, version, tag, deployed, url, path } = result;
  return (
    <div className="lb-publish-outcome lb-publish-done" role="status">
      <strong>
        {name} version {version} {deployed ? "is live" : "is written, not deployed"}.
      </strong>
      <span>
        <code className="lb-mono">{path}/</code>
        {tag === null ? (
          ", not tagged: there is no git repository here"
        ) : (
          <>
            , tag <code className="lb-mono">{tag}</code>
          </>
        )}
        {deployed && url !== null ? (
          <>
            , serving at <code className="lb-mono">{url}</code>
          </>
        ) : null}
      </span>
    </div>
  );
}
