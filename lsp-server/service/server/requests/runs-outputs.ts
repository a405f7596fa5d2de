import { shownOutputs } from "@lookback/kernel-bridge/ledger/compare/cells/compare-outputs.ts";
import { sideOf } from "@lookback/kernel-bridge/ledger/compare/side.ts";
import { readRunNotebook } from "@lookback/kernel-bridge/ledger/read/read-run-notebook.ts";
import { showRun } from "@lookback/kernel-bridge/ledger/read/show-run.ts";
import type { CellOutputs } from "@lookback/protocol/runs.ts";
import { handler } from "../handler.ts";

export const runsOutputs = handler("lookback/runs/outputs", (session, { id }) =>
  session.ledgers.withRun(id, async ({ store }) => {
    const run = await showRun(store, id);
    const { cells } = sideOf(run, await readRunNotebook(store, run.id), [], new Map());
    const ran = (cells ?? []).filter((cell) => cell.ran !== null && cell.outputs.length > 0);
    let room = mostBytes;
    const shown: CellOutputs[] = [];
    for (const { name, index, outputs } of ran) {
      const each = shownOutputs(outputs);
      room -= JSON.stringify(each).length;
      if (room < 0) break;
      shown.push({ cellId: name, index, outputs: each });
    }
    return { cells: shown, left: ran.length - shown.length };
  }),
);

/** What a page takes at once without a person noticing. */
const mostBytes = 16_000_000;
