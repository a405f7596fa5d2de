import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { observerCode } from "@lookback/kernel-bridge/journal/observer-code.ts";
import { type Kernel, launchKernel } from "@lookback/kernel-bridge/kernels/launch-kernel.ts";
import { openStore } from "@lookback/kernel-bridge/ledger/store/open-store.ts";
import type { WritableStore } from "@lookback/kernel-bridge/ledger/store/store.ts";

export interface FreshKernelOptions {
  /** Where its store is laid: thrown away by whoever gave it, for what runs here is no run of the person's. */
  readonly folder: string;
  readonly cwd: string;
  /** From the root that names are told from. */
  readonly notebook: string;
  readonly sessionId: string;
  /** Command line that compiles a training set for the Python SDK. */
  readonly compiler: readonly string[];
  /** Found from the working folder when absent. */
  readonly python?: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
}

/** Does something with a kernel that nothing has run in, observed into a store of its own, in a scrubbed environment. It is ended afterwards, and when the signal says so. */
export async function withFreshKernel<T>(
  options: FreshKernelOptions,
  work: (kernel: Kernel, store: WritableStore) => Promise<T>,
): Promise<T> {
  const { folder, cwd, notebook, sessionId, compiler, python, env, signal } = options;
  const kernel = await launchKernel({ cwd, env, signal, ...(python === undefined ? {} : { python }) });
  signal.addEventListener("abort", kernel.end);
  try {
    await mkdir(join(folder, ".lookback"), { recursive: true });
    const store = await openStore(folder);
    const code = await observerCode(store, { sessionId, notebook, compiler, startedFrom: null });
    await kernel.execute(code, { silent: true });
    return await work(kernel, store);
  } finally {
    signal.removeEventListener("abort", kernel.end);
    await kernel.shutdown();
  }
}
