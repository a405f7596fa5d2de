import { relative, resolve } from "node:path";
import { parseArgs } from "node:util";
import { counted } from "@lookback/kernel-bridge/counted.ts";
import { Failure } from "@lookback/kernel-bridge/failure.ts";
import type { ExportDone } from "@lookback/kernel-bridge/ledger/export/export-runs.ts";
import { exportRuns } from "@lookback/kernel-bridge/ledger/export/export-runs.ts";
import { findStore } from "@lookback/kernel-bridge/ledger/store/find-store.ts";
import { layStore } from "@lookback/kernel-bridge/ledger/store/lay-store.ts";
import type { Command } from "../command.ts";

const help = `lookback export --to lfs|dvc|openlineage DIR [RUN…] [--json]

Writes runs, all of them unless some are named, into DIR for other tools. DIR is empty, or holds an export of the same form: more is added.

  lfs          a bare git repository: \`git lfs install\`, then \`git clone DIR\` gives a folder a run, with its data
  dvc          a DVC 3 workspace and cache: \`dvc checkout\` in DIR puts the data in place; elsewhere \`dvc remote add NAME DIR/.dvc/cache\`
  openlineage  openlineage.jsonl: a START and an end event a run, for whatever takes OpenLineage

lfs and dvc keep every version of a file whole: what versions share is stored once here, and not there. How many bytes they take is said.
What a run's secrets were replaced by stays so.

Exit codes: 0 all of it is there, 1 some data is not and is named, 2 usage or failure (what was written stays).
`;

/** `lookback export`: runs for other tools. */
export const exportCommand: Command = {
  help,
  stop: "heeds",
  async run(argv, io) {
    const { values, positionals } = parseArgs({
      args: [...argv],
      options: { to: { type: "string" }, json: { type: "boolean", default: false } },
      allowPositionals: true,
    });
    const [folder, ...runs] = positionals;
    const form = (["lfs", "dvc", "openlineage"] as const).find((each) => each === values.to);
    if (form === undefined || folder === undefined)
      throw new Failure(
        "export/usage",
        "It takes --to lfs, dvc or openlineage, and a folder. Nothing was exported.",
        {
          advice: help,
        },
      );
    const store = await layStore(await findStore(io.cwd));
    const done = await exportRuns(store, {
      form,
      folder: resolve(io.cwd, folder),
      runs,
      signal: io.signal,
      onProgress: (says) => io.err(`${says} …\n`),
    });
    if (values.json) io.out(`${JSON.stringify(done, null, 2)}\n`);
    else io.out(say(done, form, relative(io.cwd, resolve(io.cwd, folder)) || "."));
    for (const each of done.missing) io.err(`${each}\n`);
    return done.missing.length > 0 ? 1 : 0;
  },
};

function say({ runs, files, bytes }: ExportDone, form: string, folder: string): string {
  if (form === "openlineage") return `${counted(runs.length, "run")} in ${folder}/openlineage.jsonl.\n`;
  return `${counted(runs.length, "run")} with ${counted(files, "data file")} in ${folder}. They take ${counted(bytes, "byte")} there: every version whole, for what versions share is stored once only here.\n`;
}
