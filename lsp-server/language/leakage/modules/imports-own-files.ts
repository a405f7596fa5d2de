import type { Notebook } from "../../notebook/notebook.ts";
import { isLibrary } from "../api/libraries.ts";

/** Whether a notebook may import a file of the workspace. True more often than it does: whoever asks is about to read files. */
export function importsOwnFiles({ cells }: Notebook): boolean {
  return cells.some(({ source }) =>
    [...source.matchAll(/^[ \t]*(?:from[ \t]+([.\w]+)|import[ \t]+(.+))/gm)].some(([, from, names]) =>
      (from ?? names ?? "").split(",").some((name) => !isLibrary(name.trim().split(/[.\s]/)[0] ?? "")),
    ),
  );
}
