import type { FailureData } from "@lookback/protocol/failures.ts";
import { failureOf } from "@lookback/protocol/failures.ts";
import type { Params, RequestMethod, Result } from "@lookback/protocol/requests.ts";
import { useCallback, useEffect, useRef, useState } from "react";
import type { Host } from "../../host.ts";

/**
 * The server's answer to one question, asked again when the question changes or `again` is called.
 * The last answer stays until the new one is there, so nothing jumps, and `asking` says that it may be out of date; leaving the
 * screen cancels the request. What `before` does is
 * done before each question; when it fails, the question is not asked and the failure is the answer.
 */
export function useAnswer<M extends RequestMethod>(
  host: Host,
  method: M,
  params: Params<M>,
  before: () => Promise<void> = nothing,
): { answer: Result<M> | null; failure: FailureData | null; asking: boolean; again: () => void } {
  const [answer, setAnswer] = useState<Result<M> | null>(null);
  const [failure, setFailure] = useState<FailureData | null>(null);
  const [turn, setTurn] = useState(0);
  const [answered, setAnswered] = useState<string | null>(null);
  const latest = useRef(params);
  latest.current = params;
  const first = useRef(before);
  first.current = before;
  const question = `${method} ${JSON.stringify(params)} ${turn}`;

  // biome-ignore lint/correctness/useExhaustiveDependencies: the question stands for the parameters, by value
  useEffect(() => {
    const cancel = new AbortController();
    first
      .current()
      .then(() => host.request(method, latest.current, cancel.signal))
      .then(
        (result) => {
          if (cancel.signal.aborted) return;
          setAnswer(result);
          setFailure(null);
          setAnswered(question);
        },
        (error) => {
          if (cancel.signal.aborted) return;
          setFailure(failureOf(error));
          setAnswered(question);
        },
      );
    return () => cancel.abort();
  }, [host, question]);

  const asking = answered !== question;
  return { answer, failure, asking, again: useCallback(() => setTurn((count) => count + 1), []) };
}

async function nothing(): Promise<void> {}
