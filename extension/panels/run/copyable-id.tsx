import { type ReactNode, useState } from "react";
import type { Host } from "../../host.ts";
import { shortId } from "./run-words.ts";

/** A shortened hash or id; a click copies the whole. */
export function CopyableId(props: { host: Host; id: string; what: string; short?: string }): ReactNode {
  const [copied, setCopied] = useState(false);
  const copy = () => {
    props.host.copy(props.id);
    setCopied(true);
    setTimeout(() => setCopied(false), 1500);
  };
  return (
    <button
      type="button"
      className="lb-copy lb-mono"
      title={`Copy the ${props.what}\n${props.id}`}
      onClick={copy}
    >
      <span className="lb-hidden">{`Copy the ${props.what} `}</span>
      {props.short ?? shortId(props.id)}
      <span className="lb-copied" aria-live="polite">
        {copied ? "copied" : ""}
      </span>
    </button>
  );
}
