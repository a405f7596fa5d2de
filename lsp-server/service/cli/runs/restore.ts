import { relative, resolve } from "node:path";
import { parseArgs } from "node:util";
import { Failure } from "@lookback/kernel-bridge/failure.ts";
import { restoreRun } from "@lookback/kernel-bridge/ledger/read/restore-run.ts";
import { findStore } from "@lookback/kernel-bridge/ledger/store/find-store.ts";
import type { Command } from "../command.ts";

const help = `lookback restore RUN --to DIR

Writes a run's notebook, and the data it read, below DIR, byte for byte. Never overwrites a file of other content.

Exit codes: 0 done, 2 usage or failure (nothing written).
`;

/** `lookback restore`: what ran, as it was. */
export const restore: Command = {
  help,
  async run(argv, io) {
    const { values, positionals } = parseArgs({
      args: [...argv],
      options: { to: { type: "string" } },
      allowPositionals: true,
    });
    const [id, ...more] = positionals;
    if (id === undefined || more.length > 0 || values.to === undefined) {
      throw new Failure("restore/usage", "It takes one run and --to DIR. Nothing was restored.", {
        advice: help,
      });
    }
    const { written, missing } = await restoreRun(await findStore(io.cwd), id, resolve(io.cwd, values.to));
    for (const path of written) io.out(`${relative(io.cwd, path)}\n`);
    for (const path of missing) io.err(`${path} was not restored: its bytes are not in the store.\n`);
    return 0;
  },
};
