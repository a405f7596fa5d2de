import { redact } from "@lookback/kernel-bridge/ledger/redact.ts";
import { failed, passed, type Verdict } from "../gate.ts";
import type { Selection } from "../plan-publish.ts";

/** Nothing that looks like a secret in the cells or in their outputs. */
export function noSecrets({ text, notebook }: Selection): Verdict {
  const found = notebook.cells.flatMap((cell) => (redact(cell.source).count > 0 ? [cell.id] : []));
  const inFile = redact(text).count;
  if (found.length > 0) {
    return failed(
      `${found.length} cells hold what looks like a secret: ${found.join(", ")}`,
      "Read it from the environment instead: os.environ[…].",
    );
  }
  if (inFile > 0)
    return failed(
      `${inFile} outputs or metadata hold what looks like a secret`,
      "Clear the outputs and run again.",
    );
  return passed(`0 in ${notebook.cells.length} cells and their outputs`);
}
