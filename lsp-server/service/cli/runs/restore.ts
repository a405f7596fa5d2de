import { relative, resolve } from "node:path";
import { parseArgs } from "node:util";
import { Failure } from "@lookback/kernel-bridge/failure.ts";
import {
  type Restored,
  restoreBeside,
  restoreInPlace,
  restoreRun,
} from "@lookback/kernel-bridge/ledger/restore/restore-run.ts";
import { findStore } from "@lookback/kernel-bridge/ledger/store/find-store.ts";
import type { Command, Io } from "../command.ts";

const help = `lookback restore RUN [--to DIR | --in-place [--force]] [--data | --notebook-only] [--changes] [--json]

Writes a run's notebook, and the data it read, byte for byte; all or nothing. RUN is an id, or the beginning of it.

  (nothing)        the notebook beside the original, as \`name (run …).ipynb\`; with --data a folder of that name
  --to DIR         notebook, data and environment below DIR; --notebook-only leaves the others out
  --in-place       in place of what is there; with --data the data too. A copy of what is replaced is kept in the store
  --force          in place also of what is in no run and not committed. Save and close the notebook first: an editor that
                   has it open with unsaved edits is not asked
  --changes        what differed from the commit, too, as git/changes.diff

The environment is \`requirements.lock.txt\`: what was installed, which is more than what the notebook needs. Beside and below DIR no
file of other content is overwritten; no link that leads out of the folder is followed. Data that changed after the run had read it is there
as it was when the run ended, and is named; so is data that cannot be had.

Exit codes: 0 all of it is as the run read it, 1 some data is not, or is missing, 2 usage or failure (nothing written).
`;

/** `lookback restore`: what ran, as it was. */
export const restore: Command = {
  help,
  async run(argv, io) {
    const { values, positionals } = parseArgs({
      args: [...argv],
      options: {
        to: { type: "string" },
        "in-place": { type: "boolean", default: false },
        force: { type: "boolean", default: false },
        data: { type: "boolean", default: false },
        "notebook-only": { type: "boolean", default: false },
        changes: { type: "boolean", default: false },
        json: { type: "boolean", default: false },
      },
      allowPositionals: true,
    });
    const { to, "in-place": inPlace, force, changes } = values;
    const [id, ...more] = positionals;
    const wrong =
      id === undefined || more.length > 0
        ? "It takes one run."
        : to !== undefined && inPlace
          ? "It takes --to DIR or --in-place, not both."
          : force && !inPlace
            ? "--force is for --in-place."
            : inPlace && changes
              ? "--changes are written beside or below DIR, not in place."
              : values.data && values["notebook-only"]
                ? "It takes --data or --notebook-only, not both."
                : null;
    if (id === undefined || wrong !== null)
      throw new Failure("restore/usage", `${wrong} Nothing was restored.`, { advice: help });
    const store = await findStore(io.cwd);
    const data = to === undefined ? values.data : !values["notebook-only"];
    const restored = inPlace
      ? await restoreInPlace(store, id, { data, force })
      : to === undefined
        ? await restoreBeside(store, id, { data, changes })
        : await restoreRun(store, id, resolve(io.cwd, to), { data, changes });
    if (values.json) io.out(`${JSON.stringify(restored, null, 2)}\n`);
    else for (const path of restored.written) io.out(`${relative(io.cwd, path)}\n`);
    say(restored, io);
    return restored.missing.length + restored.unstable.length > 0 ? 1 : 0;
  },
};

function say({ missing, unstable, replaced }: Restored, io: Io): void {
  for (const { path, copy } of replaced) io.err(`${path} was replaced; a copy of it is ${copy}\n`);
  for (const path of unstable)
    io.err(
      `${path} changed after the run had read it: what was restored is how it was when the run ended, not what was read.\n`,
    );
  for (const { path, reason, advice } of missing)
    io.err(`${path} was not restored. ${reason}${advice === null ? "" : ` ${advice}`}\n`);
}
