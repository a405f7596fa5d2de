import type { Linter } from "@lookback/kernel-bridge/ledger/record/record-run.ts";
import type { Store } from "@lookback/kernel-bridge/ledger/store/store.ts";
import { linterAt } from "../files/linter-at.ts";
import type { Io } from "./command.ts";

/** The linter for runs that a command records; what it fails at is said. */
export function linterOf(store: Store, io: Io): Linter {
  return linterAt(store.root, (_level, event, data) => io.err(`${event}: ${JSON.stringify(data)}\n`));
}
