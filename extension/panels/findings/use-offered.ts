import type { OfferedFindings, SaidFindings } from "@lookback/protocol/findings.ts";
import { useEffect, useState } from "react";
import type { Host } from "../../host.ts";

/** Of which findings something can be offered: asked once nobody types, and no longer than they are shown; null before the first answer. Where it failed, all are, and whoever asks for one hears why. */
export function useOffered(host: Host, { uri, findings }: SaidFindings): OfferedFindings | null {
  const [offered, setOffered] = useState<OfferedFindings | null>(null);
  useEffect(() => {
    const left = new AbortController();
    const settle = (now: OfferedFindings) => {
      if (!left.signal.aborted) setOffered(now);
    };
    const ids = findings.map(({ id }) => id);
    const timer = setTimeout(
      () =>
        host.request("lookback/findings/offered", { uri }, left.signal).then(
          // Of a text that has changed meanwhile nothing is said: its findings are about to be shown, and asked about.
          ({ offered }) => offered && settle(offered),
          () => settle({ fixes: ids, allowances: ids, isAnySafe: true }),
        ),
      AFTER_TYPING,
    );
    return () => {
      left.abort();
      clearTimeout(timer);
    };
  }, [host, uri, findings]);
  return offered;
}

const AFTER_TYPING = 300;
