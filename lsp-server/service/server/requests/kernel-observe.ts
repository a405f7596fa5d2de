import { Failure } from "@lookback/kernel-bridge/failure.ts";
import { observerCode } from "@lookback/kernel-bridge/journal/observer-code.ts";
import { failureData } from "../failure-data.ts";
import { handler } from "../handler.ts";
import type { Session } from "../session.ts";

/** A library call never depends on whether runs are, or can be, recorded: a kernel that is not observed has the SDK too. */
export const kernelObserve = handler(
  "lookback/kernel/observe",
  async (session, { notebook, kernelId, record }) => {
    const { compiler } = session.world;
    const unobserved = async () => observerCode(null, { compiler });
    if (!record) return { code: await unobserved(), problem: null };
    try {
      const { store, toLedger } = await ledgerOf(session, notebook);
      const { startedFrom } = session;
      const options = { sessionId: kernelId, notebook: toLedger(notebook), compiler, startedFrom };
      return { code: await observerCode(store, options), problem: null };
    } catch (error) {
      return { code: await unobserved(), problem: failureData(error) };
    }
  },
);

async function ledgerOf(session: Session, notebook: string) {
  try {
    const { writable, toLedger } = await session.ledgers.of(notebook);
    return { store: await writable(), toLedger };
  } catch (cause) {
    if (cause instanceof Failure) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Failure(
      "kernel/no-ledger",
      `The ledger of this workspace cannot be opened: ${reason}. The runs of this kernel are not recorded.`,
      { advice: "Make the folder writable, or untick Record runs.", cause },
    );
  }
}
