import { cellOf, type Notebook } from "@lookback/language/notebook/notebook.ts";
import { sliceNotebook } from "@lookback/language/slice/slice-notebook.ts";
import { encodeText } from "@lookback/notebook-file/decode-text.ts";
import type { NotebookFile } from "@lookback/notebook-file/read-notebook-file.ts";
import { sourceEdits } from "@lookback/notebook-file/source-edits.ts";
import { applyEdits } from "@lookback/notebook-file/text-edit.ts";
import type { Leaks } from "./read-leaks.ts";
import { type CopyRun, type CopyWorld, runCopy } from "./run-copy.ts";

/** Runs copies of one notebook, and counts the kernels it takes. */
export interface CopyRunner {
  run(what: string, bytes: Uint8Array, only: ReadonlySet<string> | null, isHeld?: boolean): Promise<CopyRun>;
  /** Says how many more are to run. */
  expect(more: number): void;
  /** The cells that what a cell scored rests on. */
  slice(notebook: Notebook, scoring: string): ReadonlySet<string>;
  /** The file with a copy's cells; null where that cannot be without a loss. */
  bytesOf(copy: Notebook): Uint8Array | null;
  count(): number;
}

export function copyRunner(
  world: CopyWorld,
  file: NotebookFile,
  { look, notebook: original }: Leaks,
  say: (step: string, done: number, of: number | null) => void,
): CopyRunner {
  let kernels = 0;
  let expected: number | null = null;
  return {
    run(what, bytes, only, isHeld = false) {
      const done = kernels++;
      say(what, done, expected);
      return runCopy(world, bytes, { only, isHeld }, ({ state, number, of }) => {
        if (state === "running") say(`${what}: cell ${number} of ${of}`, done, expected);
      });
    },
    expect(more) {
      expected = kernels + more;
    },
    slice: (notebook, scoring) =>
      new Set(
        sliceNotebook(notebook, look.python, [], new Set([scoring])).flatMap(({ needed, cellId }) =>
          needed ? [cellId] : [],
        ),
      ),
    bytesOf({ cells }) {
      const edits = cells
        .filter(({ id, source }) => cellOf(original, id)?.source !== source)
        .map(({ id, source }) => sourceEdits(file, id, source));
      if (edits.some((each) => each === null)) return null;
      return encodeText(
        applyEdits(
          file.text,
          edits.flatMap((each) => each ?? []),
        ),
        file.encoding,
      );
    },
    count: () => kernels,
  };
}
