import { createHash } from "node:crypto";
import { type DecodedText, encodeText } from "@lookback/notebook-file/decode-text.ts";
import { nbformatText } from "@lookback/notebook-file/nbformat-text.ts";
import { Failure } from "../../failure.ts";
import { fileName } from "../store/file-name.ts";

/** A notebook as the ledger keeps it: files by path under `nb/`, of which unchanged cells and outputs are the same blobs in every run. */
export interface SplitNotebook {
  readonly files: ReadonlyMap<string, string>;
}

export interface NotebookJson {
  readonly cells: readonly NotebookCell[];
  readonly [key: string]: unknown;
}

export interface NotebookCell {
  readonly id?: string;
  readonly cell_type: string;
  readonly source: string | readonly string[];
  readonly outputs?: readonly unknown[];
  readonly metadata?: { readonly tags?: readonly string[] };
  readonly [key: string]: unknown;
}

/**
 * Splits a notebook into its cells and outputs. What `joinNotebook` cannot give back byte for byte is kept whole as `raw.ipynb` too; an
 * encoding other than plain UTF-8 is kept beside it.
 */
export function splitNotebook({ text, encoding }: DecodedText): SplitNotebook {
  const files = partsOf(text);
  if (files.size === 0 || joinNotebook(files) !== text) files.set("raw.ipynb", text);
  if (encoding.name !== "utf-8" || encoding.mark) files.set("encoding.json", JSON.stringify(encoding));
  files.set("sha256", sha256(text));
  return { files };
}

/** Empty for what Python calls JSON and JavaScript does not. */
function partsOf(text: string): Map<string, string> {
  const files = new Map<string, string>();
  const content = jsonOf(text);
  if (
    !Array.isArray(content?.cells) ||
    !content.cells.every((cell) => typeof cell === "object" && cell !== null)
  )
    return files;
  const cells = content.cells.map(({ source, outputs, ...rest }, at) => {
    const id = typeof rest.id === "string" ? rest.id : "cell";
    const name = `${String(at).padStart(4, "0")}-${fileName(id)}`;
    const list = Array.isArray(outputs) ? outputs : undefined;
    files.set(`cells/${name}`, JSON.stringify(source ?? null));
    for (const [number, output] of (list ?? []).entries())
      files.set(`outputs/${name}/${number}`, JSON.stringify(output));
    return { ...rest, name, ...(list ? { outputs: list.length } : {}) };
  });
  files.set("order.json", JSON.stringify({ ...content, cells }));
  return files;
}

function jsonOf(text: string): NotebookJson | null {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** The notebook's bytes as they were split. Fails as `joinNotebook` does. */
export function notebookBytes(files: ReadonlyMap<string, string>): Uint8Array {
  const encoding = files.get("encoding.json");
  return encodeText(
    joinNotebook(files),
    encoding === undefined ? { name: "utf-8", mark: false } : JSON.parse(encoding),
  );
}

/** The notebook's text, byte for byte as it was split. Fails with `ledger/notebook-differs` rather than answer other bytes. */
export function joinNotebook(files: ReadonlyMap<string, string>): string {
  const text = files.get("raw.ipynb") ?? rebuild(files);
  const recorded = files.get("sha256");
  if (recorded !== undefined && recorded !== sha256(text)) {
    throw new Failure(
      "ledger/notebook-differs",
      "The notebook's parts no longer make up its recorded bytes. It was not given out.",
      {
        advice: "Its cells are still in the store: `git show` in `store.git` reads them.",
      },
    );
  }
  return text;
}

function rebuild(files: ReadonlyMap<string, string>): string {
  const order = JSON.parse(files.get("order.json") ?? "{}");
  const cells = order.cells.map(({ name, outputs, ...rest }: { name: string; outputs?: number }) => ({
    ...rest,
    source: JSON.parse(files.get(`cells/${name}`) ?? '""'),
    ...(outputs === undefined
      ? {}
      : {
          outputs: Array.from({ length: outputs }, (_, at) =>
            JSON.parse(files.get(`outputs/${name}/${at}`) ?? "null"),
          ),
        }),
  }));
  return nbformatText({ ...order, cells });
}

/** A cell's source as one text, however it is stored. */
export function sourceOf(cell: NotebookCell): string {
  return typeof cell.source === "string"
    ? cell.source
    : Array.isArray(cell.source)
      ? cell.source.join("")
      : "";
}

/** Lower-case hex SHA-256 of a text as UTF-8. */
export function sha256(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("hex");
}
