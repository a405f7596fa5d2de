import { realpath } from "node:fs/promises";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { listRuns } from "@lookback/kernel-bridge/ledger/read/list-runs.ts";
import { nameOf, openStore } from "@lookback/kernel-bridge/ledger/store/open-store.ts";
import type { Command } from "../command.ts";
import { sayRun } from "./say-run.ts";

const help = `lookback runs [--notebook PATH] [--json]

Lists the runs of this workspace, newest first. A score from a run with leaks is not comparable, and says so.

Exit codes: 0 done, 2 usage or failure.
`;

/** `lookback runs`: the ledger, newest first. */
export const runs: Command = {
  help,
  async run(argv, io) {
    const { values } = parseArgs({
      args: [...argv],
      options: { json: { type: "boolean", default: false }, notebook: { type: "string" } },
    });
    const store = await openStore(io.cwd);
    const all = await listRuns(store);
    const name =
      values.notebook === undefined ? null : nameOf(store, resolve(await realpath(io.cwd), values.notebook));
    const wanted = name === null ? all : all.filter((run) => run.notebook === name);
    if (values.json) io.out(`${JSON.stringify(wanted, null, 2)}\n`);
    else if (wanted.length === 0) io.out("No runs yet. Run any cell, or: lookback run NOTEBOOK\n");
    else io.out(wanted.map((run) => `${sayRun(run)}\n`).join(""));
    return 0;
  },
};
