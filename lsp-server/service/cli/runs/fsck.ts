import { parseArgs } from "node:util";
import { counted } from "@lookback/kernel-bridge/counted.ts";
import { checkStore } from "@lookback/kernel-bridge/ledger/check/check-store.ts";
import { segmentName } from "@lookback/kernel-bridge/ledger/check/stray-files.ts";
import { sweepStore } from "@lookback/kernel-bridge/ledger/check/sweep-store.ts";
import { recoverRuns } from "@lookback/kernel-bridge/ledger/record/recover-runs.ts";
import { findStore } from "@lookback/kernel-bridge/ledger/store/find-store.ts";
import { layStoreIfThere } from "@lookback/kernel-bridge/ledger/store/lay-store.ts";
import type { Command } from "../command.ts";
import { linterOf } from "../linter-of.ts";

const help = `lookback fsck

Reads everything that was ever recorded here and verifies it: every commit, every stored byte, every pin. What ended in kernels that are
gone and was not recorded is recorded first, and what killed processes left is swept once it is old. Where nothing was ever recorded,
nothing is created.

Exit codes: 0 all is well, 1 something is damaged, 2 failure.
`;

/** `lookback fsck`: proves that nothing recorded is lost. */
export const fsck: Command = {
  help,
  async run(argv, io) {
    parseArgs({ args: [...argv] });
    const found = await findStore(io.cwd);
    const store = await layStoreIfThere(found);
    if (store !== null) {
      const recovered = await recoverRuns(store, linterOf(store, io));
      if (recovered.length > 0)
        io.out(`${counted(recovered.length, "run")} recovered from the journals of kernels that are gone.\n`);
      for (const path of await sweepStore(store)) io.out(`swept: ${path}\n`);
    }
    const { runs, files, bytes, journals, faults, pending, strays } = await checkStore(found);
    for (const fault of faults) io.out(`damaged: ${fault}\n`);
    if (faults.some((fault) => fault.startsWith("stored file")))
      io.out("A damaged data file is stored anew by the next run that reads it unchanged.\n");
    for (const path of strays)
      io.out(
        segmentName.test(path)
          ? `stray: ${path} cannot be read, and what it held counts as not stored; it stays, for its bytes may be all that is left\n`
          : `stray: ${path} is no part of the store and changes nothing; it is removed once it is a day old\n`,
      );
    for (const line of pending) io.out(`pending: ${line}\n`);
    io.out(
      `${counted(runs, "run")}, ${counted(files, "data file")} (${counted(bytes, "byte")}), ${counted(journals, "journal")}: ${faults.length === 0 ? "all is well" : counted(faults.length, "fault")}.\n`,
    );
    return faults.length === 0 ? 0 : 1;
  },
};
