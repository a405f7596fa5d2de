import { readFile, realpath } from "node:fs/promises";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { counted } from "@lookback/kernel-bridge/counted.ts";
import { Failure } from "@lookback/kernel-bridge/failure.ts";
import {
  type CellHistory,
  type CellInRun,
  cellHistory,
} from "@lookback/kernel-bridge/ledger/history/cell-history.ts";
import { findStore } from "@lookback/kernel-bridge/ledger/store/find-store.ts";
import { nameOf } from "@lookback/kernel-bridge/ledger/store/store.ts";
import type { Command } from "../command.ts";
import { sayDuration } from "./say-run.ts";

const help = `lookback history NOTEBOOK CELL [--json]

Every version of a cell that ran, newest first, with its runs: when, how it ended, what it read and wrote, what it scored. CELL is the id
that the notebook gives it, or its number from 1. A cell without an id is followed by its source. Looked at are runs under this name of
the notebook: what ran before it was renamed, \`lookback history OLD-NAME CELL\` shows.

Exit codes: 0 done, 1 done, and some records could not be read, 2 usage or failure.
`;

/** `lookback history`: what a cell was. */
export const history: Command = {
  help,
  async run(argv, io) {
    const { values, positionals } = parseArgs({
      args: [...argv],
      options: { json: { type: "boolean", default: false } },
      allowPositionals: true,
    });
    const [notebook, cell, ...more] = positionals;
    if (notebook === undefined || cell === undefined || more.length > 0)
      throw new Failure("history/usage", "It takes a notebook and one of its cells.", { advice: help });
    const store = await findStore(io.cwd);
    const path = resolve(await realpath(io.cwd), notebook);
    const now = await readFile(path).catch(() => null);
    const found = await cellHistory(store, nameOf(store, path), cell, { now });
    io.out(values.json ? `${JSON.stringify(found, null, 2)}\n` : say(found));
    for (const line of found.unread) io.err(`not read: ${line}\n`);
    return found.unread.length > 0 ? 1 : 0;
  },
};

function say({ versions, isCut }: CellHistory): string {
  if (versions.length === 0) return "It is in no recorded run.\n";
  const blocks = versions.map(({ source, sha256, runs }) =>
    [
      ...runs.flatMap(sayInRun),
      ...(source === null
        ? [`    (edited before its run ended: what ran was not kept; it hashed to ${sha256.slice(0, 12)})`]
        : source.split("\n").map((line) => `    ${line}`.trimEnd())),
    ].join("\n"),
  );
  return `${blocks.join("\n\n")}\n${isCut ? "\nOlder runs were not looked at.\n" : ""}`;
}

function sayInRun({ run, startedAt, durationMs, outcome, outputs, datasets, metrics }: CellInRun): string[] {
  const parts = [
    run.slice(0, 14),
    startedAt.slice(0, 16).replace("T", " "),
    outcome,
    sayDuration(durationMs),
    ...(outputs.length === 0 ? [] : [counted(outputs.length, "output")]),
    ...metrics.map(({ name, value }) => `${name} ${value}`),
  ];
  return [
    parts.join("  "),
    ...datasets.map(
      ({ access, path, sha256 }) => `  ${access}  ${path}  ${sha256?.slice(0, 12) ?? "bytes not known"}`,
    ),
  ];
}
