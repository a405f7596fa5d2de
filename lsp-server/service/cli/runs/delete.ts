import { parseArgs } from "node:util";
import { counted } from "@lookback/kernel-bridge/counted.ts";
import { Failure } from "@lookback/kernel-bridge/failure.ts";
import {
  deleteRuns,
  planDelete,
  undeleteRuns,
  type Warning,
} from "@lookback/kernel-bridge/ledger/delete/delete-runs.ts";
import { deletedRuns } from "@lookback/kernel-bridge/ledger/delete/deleted-runs.ts";
import { authorAt, sayAuthor } from "@lookback/kernel-bridge/ledger/marks/author.ts";
import { findStore } from "@lookback/kernel-bridge/ledger/store/find-store.ts";
import { layStore } from "@lookback/kernel-bridge/ledger/store/lay-store.ts";
import type { Command } from "../command.ts";
import { sayMarksInLine } from "./say-marks.ts";

const help = `lookback delete RUN… [--yes] [--json]
lookback delete --undo RUN… [--json]
lookback delete --list [--json]

Deletes runs: they are no longer listed, found or restored, here and wherever the runs are shared. Runs that read what they wrote,
honest scores that are kept of them, and stars, names and official marks, are named first; --yes deletes all the same. What a deployment rests on, or ever rested on, is never
deleted. --undo brings runs back, until \`lookback gc\` has freed their bytes; --list says which are deleted, by whom and when.

Exit codes: 0 done, 1 nothing was deleted: something would lose by it, and --yes was not given, 2 usage or failure (nothing deleted).
`;

/** `lookback delete`: runs that nobody needs. */
export const deleteCommand: Command = {
  help,
  async run(argv, io) {
    const { values, positionals: ids } = parseArgs({
      args: [...argv],
      options: {
        yes: { type: "boolean", default: false },
        undo: { type: "boolean", default: false },
        list: { type: "boolean", default: false },
        json: { type: "boolean", default: false },
      },
      allowPositionals: true,
    });
    const store = await findStore(io.cwd);
    const print = (value: unknown, lines: readonly string[]) =>
      io.out(values.json ? `${JSON.stringify(value, null, 2)}\n` : lines.map((line) => `${line}\n`).join(""));
    if (values.list) {
      const list = await deletedRuns(store);
      print(
        list,
        list.map(({ run, notebook, by, at, freedAt }) =>
          [
            run,
            notebook,
            `deleted by ${sayAuthor(by)}, ${at.slice(0, 16).replace("T", " ")}`,
            freedAt === null ? "" : "freed",
          ]
            .filter(Boolean)
            .join("  "),
        ),
      );
      return 0;
    }
    if (ids.length === 0)
      throw new Failure("delete/usage", "It takes at least one run. Nothing was deleted.", { advice: help });
    if (values.undo) {
      const runs = await undeleteRuns(await layStore(store), ids, await authorAt(store.root, io.env));
      print(
        { restored: runs },
        runs.map((run) => `${run} is back`),
      );
      return 0;
    }
    const plan = await planDelete(store, ids);
    if (plan.refused.length === 0 && plan.warnings.length > 0 && !values.yes) {
      print({ deleted: [], ...plan }, [
        ...plan.warnings.map(sayWarning),
        "Nothing was deleted. --yes deletes all the same.",
      ]);
      return 1;
    }
    const by = await authorAt(store.root, io.env);
    const done = await deleteRuns(await layStore(store), ids, { by, confirmed: values.yes });
    print({ deleted: done.runs.map(({ id }) => id), ...done }, [
      ...done.warnings.map(sayWarning),
      `${counted(done.runs.length, "run")} deleted. \`lookback delete --undo\` brings back, \`lookback gc\` frees the bytes.`,
    ]);
    return 0;
  },
};

function sayWarning(warning: Warning): string {
  if (warning.kind === "marked") return `run ${warning.run} is marked: ${sayMarksInLine(warning.marks)}`;
  if (warning.kind === "honest") return `run ${warning.run} is kept as the honest score of run ${warning.of}`;
  const what = warning.path === null ? "found its variables in the same kernel" : `read ${warning.path}`;
  return `run ${warning.run} (${warning.notebook}) ${what}`;
}
