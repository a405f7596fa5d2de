import { counted } from "@lookback/kernel-bridge/counted.ts";
import type { Shared } from "@lookback/kernel-bridge/ledger/remotes/push.ts";
import type { Io } from "../command.ts";

/** Says what travelled, and answers the exit code. */
export function saySharing(io: Io, shared: Shared, asJson: boolean, done: string): 0 | 1 {
  const { commits, files, bytes, problems } = shared;
  if (asJson) io.out(`${JSON.stringify(shared, null, 2)}\n`);
  else {
    const what = [
      ...(commits > 0 ? [counted(commits, "record")] : []),
      ...(files > 0 ? [`${counted(files, "data file")} (${counted(bytes, "byte")} travelled)`] : []),
    ];
    io.out(`${what.length === 0 ? "Nothing new" : what.join(" and ")} ${done}.\n`);
  }
  for (const problem of problems) io.err(`${problem}\n`);
  return problems.length > 0 ? 1 : 0;
}
