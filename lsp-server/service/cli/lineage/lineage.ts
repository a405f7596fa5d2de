import { realpath } from "node:fs/promises";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { Failure } from "@lookback/kernel-bridge/failure.ts";
import { originOfMetric } from "@lookback/kernel-bridge/ledger/lineage/origin-of-metric.ts";
import { lineageTarget, readLineage } from "@lookback/kernel-bridge/ledger/lineage/read-lineage.ts";
import { showRun } from "@lookback/kernel-bridge/ledger/read/show-run.ts";
import { findStore } from "@lookback/kernel-bridge/ledger/store/find-store.ts";
import { nameOf } from "@lookback/kernel-bridge/ledger/store/store.ts";
import type { Command } from "../command.ts";
import { sayLineage, sayMetricOrigin } from "./say-lineage.ts";

const help = `lookback lineage RUN|PATH|DEPLOYMENT [--up | --down] [--metric NAME] [--json]

Says what a run, a file or a deployment rests on (--up), and what rests on it (--down); both unless one is asked for. PATH@HASH is one
version of a file, PATH a folder with all in it; a deployment is NAME or NAME@VERSION. --metric says of a run's score which cells, which
model and which data it comes from. A file leads to the run that wrote the same bytes; what is known by its name only, or not at all, is
said.

Exit codes: 0 done, 1 done, and something of it is not known, 2 usage or failure.
`;

/** `lookback lineage`: data, runs, models and deployments, and what rests on what. */
export const lineage: Command = {
  help,
  async run(argv, io) {
    const { values, positionals } = parseArgs({
      args: [...argv],
      options: {
        up: { type: "boolean", default: false },
        down: { type: "boolean", default: false },
        metric: { type: "string" },
        json: { type: "boolean", default: false },
      },
      allowPositionals: true,
    });
    const [word, ...more] = positionals;
    if (word === undefined || more.length > 0)
      throw new Failure("lineage/usage", "It takes one run, file or deployment.", { advice: help });
    const store = await findStore(io.cwd);
    if (values.metric !== undefined) {
      const run = await showRun(store, word);
      const origin = originOfMetric(run, { name: values.metric });
      const graph = await readLineage(store, { run: run.id }, { down: false });
      if (values.json) io.out(`${JSON.stringify({ ...origin, lineage: graph }, null, 2)}\n`);
      else io.out(`${sayMetricOrigin(run, origin)}${sayLineage(graph, { up: true, down: false })}`);
      return origin.unknown.length + graph.unknown.length > 0 ? 1 : 0;
    }
    const ways = values.up === values.down ? { up: true, down: true } : { up: values.up, down: values.down };
    const path = nameOf(store, resolve(await realpath(io.cwd), word));
    const graph = await readLineage(store, await lineageTarget(store, word, path), ways);
    io.out(values.json ? `${JSON.stringify(graph, null, 2)}\n` : sayLineage(graph, ways));
    return graph.unknown.length > 0 ? 1 : 0;
  },
};
