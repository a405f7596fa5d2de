import { parseArgs } from "node:util";
import { Failure } from "@lookback/kernel-bridge/failure.ts";
import { compareStored } from "@lookback/kernel-bridge/ledger/compare/compare-stored.ts";
import { findStore } from "@lookback/kernel-bridge/ledger/store/find-store.ts";
import type { Command } from "../command.ts";
import { sayComparison } from "./say-comparison.ts";

const help = `lookback diff RUN RUN [RUN…] [--json]

Compares runs: the verdict in one sentence, then what changed in cells, outputs, data, parameters, models, scores and environment. Of more
than two runs: their parameters and scores as one table. What is equal is counted, not shown. RUN is an id, or the beginning of it.

A score over other rows, of another split or of a run with leaks is shown and not compared. What was not recorded is "not known".

Exit codes: 0 done, 2 usage or failure.
`;

/** `lookback diff`: what changed between runs. */
export const diff: Command = {
  help,
  async run(argv, io) {
    const { values, positionals } = parseArgs({
      args: [...argv],
      options: { json: { type: "boolean", default: false } },
      allowPositionals: true,
    });
    if (positionals.length < 2)
      throw new Failure("diff/usage", "It takes two runs or more. Nothing was compared.", { advice: help });
    const store = await findStore(io.cwd);
    const comparison = await compareStored(positionals.map((id) => ({ store, id })));
    io.out(values.json ? `${JSON.stringify(comparison, null, 2)}\n` : sayComparison(comparison));
    return 0;
  },
};
