import { counted } from "@lookback/kernel-bridge/counted.ts";
import { describeReplaced } from "@lookback/kernel-bridge/secrets/redact/describe-replaced.ts";
import { redactNotebook } from "@lookback/kernel-bridge/secrets/redact/redact-notebook.ts";
import { startRedaction } from "@lookback/kernel-bridge/secrets/redact/redaction.ts";
import { decodeText } from "@lookback/notebook-file/decode-text.ts";
import { exactValue } from "@lookback/notebook-file/json-value.ts";
import { readNotebookFile } from "@lookback/notebook-file/read-notebook-file.ts";
import type { Selection } from "../selection.ts";
import { failed, type Gate, passed, type Verdict, warned } from "./gate.ts";

/**
 * Nothing that looks like a secret in the cells, in their outputs or in the modules they import, by the same judgement that keeps
 * secrets out of the ledger. Says what kind stands where, never what it is.
 */
export const noSecrets: Gate = {
  id: "no-secrets",
  title: "No secrets",
  run: ({ selection }) => findSecrets(selection),
};

export async function findSecrets({
  bytes,
  notebook,
  modules,
}: Pick<Selection, "bytes" | "notebook" | "modules">): Promise<Verdict> {
  const ofCells = startRedaction();
  const cells = await redactNotebook({ cells: sourcesOf(notebook) }, ofCells);
  const found = notebook.cells.flatMap(({ id, source }, at) =>
    cells.cells[at]?.source !== source ? [id] : [],
  );
  if (found.length > 0) {
    return failed(
      `${counted(found.length, "cell")} with what looks like a secret: ${found.join(", ")}`,
      `${describeReplaced(ofCells.found)}. Read it from the environment instead: os.environ[…].`,
    );
  }
  const ofModules = [];
  for (const { name, code } of modules) {
    const redaction = startRedaction();
    await redactNotebook({ cells: sourcesOf(code) }, redaction);
    if (redaction.found.length > 0) ofModules.push({ name, found: redaction.found });
  }
  if (ofModules.length > 0) {
    const lines = ofModules.map(({ name, found }) =>
      describeReplaced(found.map((each) => ({ ...each, where: name }))),
    );
    return failed(
      `${counted(ofModules.length, "imported module")} with what looks like a secret: ${ofModules.map(({ name }) => name).join(", ")}`,
      `${lines.join(", ")}. Read it from the environment instead: os.environ[…].`,
    );
  }
  const ofFile = startRedaction();
  await redactNotebook(fileOf(bytes), ofFile);
  const inFile = ofFile.found.reduce((sum, { count }) => sum + count, 0);
  if (inFile > 0) {
    return failed(
      `${counted(inFile, "secret")}, as it seems, in outputs or metadata`,
      `${describeReplaced(ofFile.found)}. Clear the outputs and run again.`,
    );
  }
  const unread = modules.filter((each) => each.unread !== null);
  const read = modules.length - unread.length;
  const beside = modules.length === 0 ? "" : ` and ${counted(read, "imported module")}`;
  const evidence = `0 in ${counted(notebook.cells.length, "cell")}, their outputs${beside}`.replace(
    /, their outputs$/,
    " and their outputs",
  );
  if (unread.length === 0) return passed(evidence);
  return warned(
    `${evidence}; not read: ${unread.map(({ name }) => name).join(", ")}`,
    unread.map((each) => `${each.name} was not read: ${each.unread}`).join("\n"),
  );
}

function sourcesOf({ cells }: Selection["notebook"]): { readonly source: string }[] {
  return cells.map(({ source }) => ({ source }));
}

/** The file as JSON; as one text where it is no notebook, such as a script. */
function fileOf(bytes: Uint8Array): { readonly cells: readonly object[] } {
  const { value: file } = readNotebookFile(bytes);
  if (file === null) return { cells: [{ text: decodeText(bytes).value?.text ?? "" }] };
  const { text, root } = file;
  const value = exactValue(text, root) as { readonly cells?: unknown };
  return Array.isArray(value.cells) ? { ...value, cells: value.cells } : { cells: [{ file: value }] };
}
