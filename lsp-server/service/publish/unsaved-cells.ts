import { counted } from "@lookback/kernel-bridge/counted.ts";
import type { Notebook } from "@lookback/language/notebook/notebook.ts";

/**
 * Why the saved file is not what stands on the screen, in words; null when it is. Only the code counts, in its order, whatever the line
 * ends: an editor may give cells ids that the file has not yet.
 */
export function unsavedCells(file: Notebook, screen: Notebook): string | null {
  const [saved, shown] = [file, screen].map(({ cells }) =>
    cells.map((cell) => cell.source.replaceAll(/\r\n?/g, "\n")).filter((source) => source.trim() !== ""),
  ) as [string[], string[]];
  const at = shown.findIndex((source, index) => source !== saved[index]);
  if (at === -1 && shown.length === saved.length) return null;
  const differing = shown.filter((source) => !saved.includes(source)).length;
  const first = (shown[at] ?? saved[shown.length] ?? "").trim().split("\n")[0] ?? "";
  const count =
    differing === 0
      ? "The cells on screen are not those, or not in the order, of the saved file"
      : `${counted(differing, "cell on screen is", "cells on screen are")} not in the saved file`;
  return `${count}, the first at \`${first.length > 60 ? `${first.slice(0, 60)}…` : first}\`. Save the notebook, then publish.`;
}
