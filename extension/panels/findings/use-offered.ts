import type { OfferedFindings, SaidFindings } from "@lookback/protocol/findings.ts";
import { useEffect, useState } from "react";
import type { Host } from "../../host.ts";

/** Of which findings something can be offered: asked once nobody types; null before the first answer. Where none came, all are, and whoever asks for one hears why. */
export function useOffered(host: Host, { uri, findings }: SaidFindings): OfferedFindings | null {
  const [offered, setOffered] = useState<OfferedFindings | null>(null);
  useEffect(() => {
    let isLeft = false;
    const settle = (now: OfferedFindings) => {
      if (!isLeft) setOffered(now);
    };
    const ids = findings.map(({ id }) => id);
    const timer = setTimeout(
      () =>
        host.request("lookback/findings/offered", { uri }).then(
          (answer) => settle(answer.offered ?? { fixes: [], allowances: [] }),
          () => settle({ fixes: ids, allowances: ids }),
        ),
      AFTER_TYPING,
    );
    return () => {
      isLeft = true;
      clearTimeout(timer);
    };
  }, [host, uri, findings]);
  return offered;
}

const AFTER_TYPING = 300;
