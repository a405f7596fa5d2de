import { useCallback, useEffect, useRef, useState } from "react";
import type { Host } from "../../host.ts";
import { followRuns, nothingKnown, type RunsKnown } from "./follow-runs.ts";

/** What `followRuns` knows, while the panel is drawn. */
export function useRuns(host: Host): RunsKnown & { readonly reload: () => void } {
  const [known, setKnown] = useState(nothingKnown);
  const following = useRef<ReturnType<typeof followRuns> | null>(null);
  useEffect(() => {
    const mine = followRuns(host, setKnown);
    following.current = mine;
    return mine.stop;
  }, [host]);
  return { ...known, reload: useCallback(() => following.current?.reload(), []) };
}
