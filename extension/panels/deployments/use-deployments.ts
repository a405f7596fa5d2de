import type { Status } from "@lookback/protocol/deployments.ts";
import type { FailureData } from "@lookback/protocol/failures.ts";
import { failureOf } from "@lookback/protocol/failures.ts";
import { useCallback, useEffect, useRef, useState } from "react";
import type { Host } from "../../host.ts";

/** What is deployed, kept current while the panel can be seen; null until known. `act` runs a request that answers the new state. */
export function useDeployments(host: Host): {
  state: Status | null;
  failure: FailureData | null;
  busy: string | null;
  reload: () => void;
  act: (what: string, request: () => Promise<Status>) => void;
} {
  const [state, setState] = useState<Status | null>(null);
  const [failure, setFailure] = useState<FailureData | null>(null);
  const [busy, setBusy] = useState<string | null>(null);
  const turn = useRef(0);

  const load = useCallback(async (ask: () => Promise<Status>) => {
    turn.current += 1;
    const mine = turn.current;
    try {
      const next = await ask();
      if (mine !== turn.current) return;
      setState(next);
      setFailure(null);
    } catch (error) {
      if (mine === turn.current) setFailure(failureOf(error));
    }
  }, []);
  const reload = useCallback(
    () => void load(() => host.request("lookback/deployments/list", {})),
    [host, load],
  );

  useEffect(() => {
    reload();
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") reload();
    }, REFRESH_MS);
    const ignore = host.on("lookback/deployments/changed", reload);
    return () => {
      clearInterval(timer);
      ignore();
    };
  }, [host, reload]);

  const act = useCallback(
    (what: string, request: () => Promise<Status>) => {
      setBusy(what);
      void load(request).finally(() => setBusy(null));
    },
    [load],
  );
  return { state, failure, busy, reload, act };
}

const REFRESH_MS = 3000;
