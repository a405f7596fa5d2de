import { parseArgs } from "node:util";
import { Failure } from "@lookback/kernel-bridge/failure.ts";
import { pull as pullFrom } from "@lookback/kernel-bridge/ledger/remotes/pull.ts";
import { remoteNamed } from "@lookback/kernel-bridge/ledger/remotes/remote-list.ts";
import { findStore } from "@lookback/kernel-bridge/ledger/store/find-store.ts";
import { layStore } from "@lookback/kernel-bridge/ledger/store/lay-store.ts";
import type { Command } from "../command.ts";
import { saySharing } from "./say-sharing.ts";

const help = `lookback pull [RUN…] [--remote REMOTE] [--data] [--json]

Fetches the runs that others pushed, and what was said of runs. Their data stays where it is, but that of the RUNs that are named, or of
all with --data. What was fetched is verified.

Exit codes: 0 all that was asked for is here, 1 something is not and is named, 2 usage or failure (what arrived is kept).
`;

/** `lookback pull`: others' runs. */
export const pull: Command = {
  help,
  stop: "heeds",
  async run(argv, io) {
    const { values, positionals } = parseArgs({
      args: [...argv],
      options: {
        data: { type: "boolean", default: false },
        json: { type: "boolean", default: false },
        remote: { type: "string" },
      },
      allowPositionals: true,
    });
    if (values.data && positionals.length > 0)
      throw new Failure("pull/usage", "It takes runs, or --data for all of them. Nothing was fetched.", {
        advice: help,
      });
    const found = await findStore(io.cwd);
    const remote = await remoteNamed(found, values.remote ?? null);
    const wish = values.data ? "all" : positionals.length > 0 ? { runs: positionals } : "none";
    const sharing = { signal: io.signal, onProgress: (says: string) => io.err(`${says} …\n`) };
    const shared = await pullFrom(await layStore(found), remote, wish, sharing);
    return saySharing(io, shared, values.json, `fetched from ${remote.name}`);
  },
};
