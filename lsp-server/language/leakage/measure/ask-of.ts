import { cellOf, type Notebook } from "../../notebook/notebook.ts";
import type { Analysis } from "../analyze.ts";
import type { Finding } from "../finding.ts";
import type { Ask, Column, Measurement, Named } from "./measurement.ts";

/** What the kernel is asked, with what must have run for its names to hold what the text gives them. */
export type AskedOf = Ask & {
  readonly names: readonly string[];
  /** In the order they run: what the finding rests on, and whatever names what is counted. */
  readonly cells: readonly { readonly id: string; readonly title: string; readonly source: string }[];
  /** Every cell's source. */
  readonly sources: readonly string[];
};

/** A measurement of a finding of this notebook, as it is asked. */
export function askOf(
  { ask }: Measurement,
  { path, cellId }: Finding,
  notebook: Notebook,
  { ran }: Pick<Analysis, "ran">,
): AskedOf {
  const names = [...new Set(namesOf(ask))];
  const restsOn = new Set([cellId, ...path.map((step) => step.cellId)]);
  const cells = ran.flatMap((id) => {
    const cell = cellOf(notebook, id);
    if (!cell || !(restsOn.has(id) || names.some((name) => mentions(cell.source, name)))) return [];
    return [{ id, title: `Cell ${cell.index + 1}`, source: cell.source }];
  });
  return { ...ask, names, cells, sources: notebook.cells.map(({ source }) => source) };
}

function namesOf(ask: Ask): readonly string[] {
  const held: readonly (Named | Column | null)[] =
    ask.count === "repeats"
      ? [ask.left, ask.right]
      : ask.count === "tells-target"
        ? [ask.input, ask.target]
        : ask.count === "later-than"
          ? [ask.frame]
          : [ask.train, ask.test];
  return held.flatMap((one) => (one === null ? [] : [one.name]));
}

function mentions(source: string, name: string): boolean {
  return new RegExp(`(?<!\\w)${name}(?!\\w)`, "u").test(source);
}
