import { failureText } from "@lookback/protocol/failures.ts";
import type { MeasureOffer } from "@lookback/protocol/measure.ts";
import type { Params, RequestMethod, Result } from "@lookback/protocol/requests.ts";

/** Runs code in the kernel of an open notebook, silently and behind the cells that are queued, and answers what it printed. Rejects where no kernel runs, and when the signal is aborted: the kernel goes on then, and nobody hears it. */
export type RunAside = (notebook: string, code: string, signal: AbortSignal) => Promise<string>;

/** What a host does of it. */
interface Measuring {
  request<M extends RequestMethod>(method: M, params: Params<M>, signal: AbortSignal): Promise<Result<M>>;
  progress<T>(
    title: string,
    work: (report: (says: string) => void, signal: AbortSignal) => Promise<T>,
  ): Promise<T>;
  notify(kind: "info" | "error", message: string): void;
}

/** Settles a finding by a count in the notebook's kernel, and says what came out. */
export async function measureFinding(
  host: Measuring,
  runAside: RunAside,
  { notebook, uri, rule, range, asks }: MeasureOffer,
): Promise<void> {
  const place = { uri, rule, range };
  const abort: { signal: AbortSignal | null } = { signal: null };
  try {
    const { verdict, says } = await host.progress(asks, async (report, signal) => {
      abort.signal = signal;
      const { code, asked } = await host.request("lookback/findings/measurement", place, signal);
      report("behind what the kernel runs now");
      const printed = await runAside(notebook, code, signal);
      return host.request("lookback/findings/measured", { ...place, asked, printed }, signal);
    });
    host.notify("info", `${verdicts[verdict]} ${says.replaceAll("`", "")}`);
  } catch (error) {
    if (!abort.signal?.aborted) host.notify("error", failureText(error));
  }
}

const verdicts = {
  stands: "The finding stands.",
  falls: "The finding is dismissed.",
  open: "The finding stays as it is.",
  unmeasured: "Nothing was measured.",
} as const;

/** There is nothing to ask. */
export function noKernel(): Error {
  const message = "The notebook has no kernel that runs. Nothing was measured.";
  const advice = "Run the notebook, and measure again.";
  return Object.assign(new Error(message), {
    data: { code: "host/no-kernel", message, advice, data: {} },
  });
}

/** What a promise gives, unless the signal is aborted before. */
export function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    if (signal.aborted) stop();
    signal.addEventListener("abort", stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", stop));
  });
}
