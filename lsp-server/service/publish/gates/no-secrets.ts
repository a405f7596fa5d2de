import { counted } from "@lookback/kernel-bridge/counted.ts";
import { describeReplaced } from "@lookback/kernel-bridge/secrets/describe-replaced.ts";
import { redactNotebook } from "@lookback/kernel-bridge/secrets/redact-notebook.ts";
import { startRedaction } from "@lookback/kernel-bridge/secrets/redaction.ts";
import { failed, passed, type Verdict } from "../gate.ts";
import type { Selection } from "../selection.ts";

/** Nothing that looks like a secret in the cells or in their outputs, by the same judgement that keeps secrets out of the ledger. Says what kind stands where, never what it is. */
export async function noSecrets({ text, notebook }: Pick<Selection, "text" | "notebook">): Promise<Verdict> {
  const ofCells = startRedaction();
  const cells = await redactNotebook({ cells: notebook.cells.map(({ source }) => ({ source })) }, ofCells);
  const found = notebook.cells.flatMap(({ id, source }, at) =>
    cells.cells[at]?.source !== source ? [id] : [],
  );
  if (found.length > 0) {
    return failed(
      `${counted(found.length, "cell")} with what looks like a secret: ${found.join(", ")}`,
      `${describeReplaced(ofCells.found)}. Read it from the environment instead: os.environ[…].`,
    );
  }
  const ofFile = startRedaction();
  await redactNotebook(fileOf(text), ofFile);
  const inFile = ofFile.found.reduce((sum, { count }) => sum + count, 0);
  if (inFile > 0) {
    return failed(
      `${counted(inFile, "secret")}, as it seems, in outputs or metadata`,
      `${describeReplaced(ofFile.found)}. Clear the outputs and run again.`,
    );
  }
  return passed(`0 in ${counted(notebook.cells.length, "cell")} and their outputs`);
}

/** The file as JSON; as one text where it is no notebook, such as a script. */
function fileOf(text: string): { readonly cells: readonly object[] } {
  try {
    const file = JSON.parse(text);
    return Array.isArray(file?.cells) ? file : { cells: [{ file }] };
  } catch {
    return { cells: [{ text }] };
  }
}
