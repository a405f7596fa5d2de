import { Failure } from "@lookback/kernel-bridge/failure.ts";
import type { HonestOrigin, Run } from "@lookback/kernel-bridge/ledger/format/run.ts";
import { type Linter, recordRun } from "@lookback/kernel-bridge/ledger/record/record-run.ts";
import { fileLimitOf, setFileLimit } from "@lookback/kernel-bridge/ledger/store/file-limit.ts";
import type { WritableStore } from "@lookback/kernel-bridge/ledger/store/store.ts";
import type { HonestReport } from "@lookback/protocol/honest.ts";
import type { HeldRun } from "./run-copy.ts";

/** Records a held run, once, in the ledger of the workspace that it ran in a copy of. Fails with `honest/kept` for one that was recorded before, and as recording does. */
export async function keepScore(
  ledger: WritableStore,
  held: HeldRun,
  kept: { readonly notebook: string; readonly origin: HonestOrigin; readonly linter: Linter | null },
): Promise<Run> {
  const { store, sessionId, bytes } = held;
  const limit = await fileLimitOf(ledger);
  if (Number.isFinite(limit)) await setFileLimit(store, limit);
  const run = await recordRun(store, {
    sessionId,
    notebook: kept.notebook,
    notebookText: bytes,
    linter: kept.linter,
    copyOf: { ledger, origin: kept.origin },
  });
  if (run !== null) return run;
  throw new Failure("honest/kept", "This honest score is kept already. Nothing more was recorded.");
}

/** Where an honest score comes from: the run of the notebook as it was, where there is one, and what was changed. Null where there is no such score. */
export function originOf({ score, parts }: HonestReport, run: string | null): HonestOrigin | null {
  if (score === null || score.honest === null) return null;
  return {
    kind: "honest",
    run,
    asWritten: { name: score.name, value: score.asWritten },
    fixes: parts.flatMap(({ findings }) =>
      findings.map(({ rule, cell, fix: { title } }) => ({ rule, title, cell })),
    ),
  };
}
