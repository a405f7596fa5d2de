import { realpath } from "node:fs/promises";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { counted } from "@lookback/kernel-bridge/counted.ts";
import { overBudget } from "@lookback/kernel-bridge/ledger/delete/store-size.ts";
import type { RunSummary, UnreadableRun } from "@lookback/kernel-bridge/ledger/format/run.ts";
import { listRuns, type RunList } from "@lookback/kernel-bridge/ledger/read/list-runs.ts";
import { type WaitingRun, waitingRuns } from "@lookback/kernel-bridge/ledger/record/waiting-runs.ts";
import { findStore } from "@lookback/kernel-bridge/ledger/store/find-store.ts";
import { nameOf } from "@lookback/kernel-bridge/ledger/store/store.ts";
import type { Command } from "../command.ts";
import { sayBytes } from "../say-bytes.ts";
import { sayRun, sayUnreadable } from "./say-run.ts";

const help = `lookback runs [--notebook PATH] [--json]

Lists the runs of this workspace, newest first. A score from a run with leaks is not comparable, and says so. A record that cannot be
read has its row too, with the reason. What runs or ran in a kernel and is in no run yet is said on standard error.

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
    const store = await findStore(io.cwd);
    const all = inOrder(await listRuns(store));
    const name =
      values.notebook === undefined ? null : nameOf(store, resolve(await realpath(io.cwd), values.notebook));
    const wanted = all.filter((row) => name === null || row.notebook === null || row.notebook === name);
    if (values.json) io.out(`${JSON.stringify(wanted, null, 2)}\n`);
    else if (wanted.length === 0) io.out("No runs yet. Run any cell, or: lookback run NOTEBOOK\n");
    else io.out(wanted.map((row) => `${"reason" in row ? sayUnreadable(row) : sayRun(row)}\n`).join(""));
    for (const run of await waitingRuns(store))
      if (name === null || run.notebook === name) io.err(sayWaiting(run));
    const over = await overBudget(store);
    if (over !== null)
      io.err(
        `What is stored here takes ${sayBytes(over.takes)}, more than its budget of ${sayBytes(over.budget)}: \`lookback gc --dry-run\` says what could go.\n`,
      );
    return 0;
  },
};

function sayWaiting({ notebook, startedAt, cells, state, last }: WaitingRun): string {
  const at = (moment: string) => moment.slice(0, 16).replace("T", " ");
  const begun = `${at(startedAt)}  ${notebook}  ${counted(cells, "cell")}`;
  const cell = last.index === null ? last.cellId : `cell ${last.index + 1}`;
  if (state === "running") return `running: ${begun}, ${cell} since ${at(last.startedAt)}\n`;
  if (state === "ended")
    return `not recorded yet: ${begun}, in a kernel that is there; its editor records it, or \`lookback fsck\` when it is gone\n`;
  return `not recorded yet: ${begun}, in a kernel that is gone; \`lookback fsck\` records it\n`;
}

/** One list, newest first; what has no time comes first. */
function inOrder({ runs, unreadable }: RunList): (RunSummary | UnreadableRun)[] {
  const rows = [...unreadable, ...runs];
  return unreadable.length === 0 ? rows : rows.sort((a, b) => rank(b) - rank(a));
}

function rank({ startedAt }: RunSummary | UnreadableRun): number {
  return startedAt === null ? Number.MAX_VALUE : Date.parse(startedAt);
}
