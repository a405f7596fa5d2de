import { relative, resolve } from "node:path";
import { parseArgs } from "node:util";
import { Failure } from "@lookback/kernel-bridge/failure.ts";
import { restoreRun } from "@lookback/kernel-bridge/ledger/read/restore-run.ts";
import { findStore } from "@lookback/kernel-bridge/ledger/store/find-store.ts";
import type { Command } from "../command.ts";

const help = `lookback restore RUN --to DIR [--json]

Writes a run's notebook, and the data it read, below DIR, byte for byte. Never overwrites a file of other content. Data that changed
after the run had read it is there as it was when the run ended, and is named; so is data whose bytes are not in the store.

Exit codes: 0 all of it is as the run read it, 1 some data is not, or is missing, 2 usage or failure (nothing written).
`;

/** `lookback restore`: what ran, as it was. */
export const restore: Command = {
  help,
  async run(argv, io) {
    const { values, positionals } = parseArgs({
      args: [...argv],
      options: { to: { type: "string" }, json: { type: "boolean", default: false } },
      allowPositionals: true,
    });
    const [id, ...more] = positionals;
    if (id === undefined || more.length > 0 || values.to === undefined) {
      throw new Failure("restore/usage", "It takes one run and --to DIR. Nothing was restored.", {
        advice: help,
      });
    }
    const restored = await restoreRun(await findStore(io.cwd), id, resolve(io.cwd, values.to));
    const { written, missing, unstable } = restored;
    if (values.json) io.out(`${JSON.stringify(restored, null, 2)}\n`);
    else for (const path of written) io.out(`${relative(io.cwd, path)}\n`);
    for (const path of unstable)
      io.err(
        `${path} changed after the run had read it: what was restored is how it was when the run ended, not what was read.\n`,
      );
    for (const path of missing) io.err(`${path} was not restored: its bytes are not in the store.\n`);
    return missing.length + unstable.length > 0 ? 1 : 0;
  },
};
