import { parseArgs } from "node:util";
import { Failure } from "@lookback/kernel-bridge/failure.ts";
import { push as pushTo } from "@lookback/kernel-bridge/ledger/remotes/push.ts";
import { remoteNamed } from "@lookback/kernel-bridge/ledger/remotes/remote-list.ts";
import { findStore } from "@lookback/kernel-bridge/ledger/store/find-store.ts";
import { layStore } from "@lookback/kernel-bridge/ledger/store/lay-store.ts";
import type { Command } from "../command.ts";
import { saySharing } from "./say-sharing.ts";

const help = `lookback push [REMOTE] [--json]

Sends what the remote does not have: the data of runs, the runs, and what was said of them. What is there already does not travel again, nor
does what a changed file has in common with its version before. Broken off, it goes on where it was the next time. Runs that were
deleted are sent as deleted, without their data.

Exit codes: 0 all of it is there, 1 something could not be sent and is named, 2 usage or failure (what arrived stays there).
`;

/** `lookback push`: shares the runs of this workspace. */
export const push: Command = {
  help,
  stop: "heeds",
  async run(argv, io) {
    const { values, positionals } = parseArgs({
      args: [...argv],
      options: { json: { type: "boolean", default: false } },
      allowPositionals: true,
    });
    const [name = null, ...more] = positionals;
    if (more.length > 0)
      throw new Failure("push/usage", "It takes one remote. Nothing was sent.", { advice: help });
    const found = await findStore(io.cwd);
    const remote = await remoteNamed(found, name);
    const store = await layStore(found);
    const { signal } = io;
    const shared = await pushTo(store, remote, { signal, onProgress: (says) => io.err(`${says} …\n`) });
    return saySharing(io, shared, values.json, `sent to ${remote.name}`);
  },
};
