import type { DecodedText } from "@lookback/notebook-file/decode-text.ts";
import { exactValue, plainValue } from "@lookback/notebook-file/json-value.ts";
import { type FileCell, readNotebookFile } from "@lookback/notebook-file/read-notebook-file.ts";
import { rewriteJson, shadowedIn } from "@lookback/notebook-file/rewrite-json.ts";
import { applyEdits } from "@lookback/notebook-file/text-edit.ts";
import { Failure } from "../../failure.ts";
import { redactJson } from "../../secrets/redact/redact-json.ts";
import { redactNotebook } from "../../secrets/redact/redact-notebook.ts";
import type { Redaction } from "../../secrets/redact/redaction.ts";
import type { NotebookJson } from "../format/split-notebook.ts";

/** The notebook of a run as it is kept. */
export interface RecordedNotebook {
  /** Byte for byte what was given, but for secrets. */
  readonly kept: DecodedText;
  /** Secrets replaced. */
  readonly content: NotebookJson;
  /** As they were given, under the names that runs and findings use. */
  readonly cells: readonly FileCell[];
}

/** Reads the notebook of a run and takes its secrets out. Fails with `ledger/not-a-notebook`. */
export async function recordedNotebook(
  given: Uint8Array | string,
  redaction: Redaction,
): Promise<RecordedNotebook> {
  const { value: file, problems } = readNotebookFile(given);
  if (file === null || file.format !== 4) {
    const why = problems[0]?.message ?? "It is in nbformat 3.";
    throw new Failure("ledger/not-a-notebook", `The run was not recorded; its journal is kept. ${why}`);
  }
  const { text, encoding, root, cells } = file;
  const plain = (node: typeof root) => plainValue(exactValue(text, node));
  const original = plain(root) as NotebookJson;
  const content = await redactNotebook(original, redaction);
  const edits = content === original ? [] : rewriteJson(text, root, content);
  const unseen = shadowedIn(root).flatMap((node) =>
    rewriteJson(text, node, redactJson(plain(node), "a name that stands twice in the notebook", redaction)),
  );
  return { kept: { text: applyEdits(text, [...edits, ...unseen]), encoding }, content, cells };
}
