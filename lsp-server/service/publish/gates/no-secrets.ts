import { findSecrets } from "@lookback/kernel-bridge/secrets/find-secrets.ts";
import { counted, failed, passed, type Verdict } from "../gate.ts";
import type { Selection } from "../selection.ts";

/** Nothing that looks like a secret in the cells or in their outputs. */
export function noSecrets({ text, notebook }: Pick<Selection, "text" | "notebook">): Verdict {
  const found = notebook.cells.flatMap((cell) => (findSecrets(cell.source).length > 0 ? [cell.id] : []));
  const inFile = findSecrets(text).length;
  if (found.length > 0) {
    return failed(
      `${counted(found.length, "cell")} with what looks like a secret: ${found.join(", ")}`,
      "Read it from the environment instead: os.environ[…].",
    );
  }
  if (inFile > 0)
    return failed(
      `${counted(inFile, "secret")}, as it seems, in outputs or metadata`,
      "Clear the outputs and run again.",
    );
  return passed(`0 in ${counted(notebook.cells.length, "cell")} and their outputs`);
}
