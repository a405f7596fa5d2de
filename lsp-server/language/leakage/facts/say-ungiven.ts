import { isOfShell } from "../api/builtin-names.ts";
import { enumerated } from "../enumerated.ts";
import type { Place } from "../ir.ts";
import type { Program } from "./program.ts";

/** Says which names are read where nothing above gives them, a cell at a time: from top to bottom the notebook would stop there. */
export function sayUngiven(program: Program): void {
  const globals = program.store.globals();
  const ungiven = new Map<string, { readonly at: Place; readonly names: string[] }>();
  for (const [name, { at, reference }] of program.unbound) {
    const now = globals.get(name);
    if (now === undefined || now === reference) {
      if (isOfShell(name)) continue;
      const told = ungiven.get(at.cell);
      if (told) told.names.push(name);
      else ungiven.set(at.cell, { at, names: [name] });
      continue;
    }
    const { kind, rows } = program.store.read(now);
    // `X = scaled(X)` where nothing gives X at all: a part of a notebook.
    if (kind === "name" || rows?.tables.includes(`name:${name}`)) continue;
    program.note(at, {
      code: "coverage/given-below",
      weight: "unread",
      reason: `\`${name}\` is given only further down: the cells may run in another order than they stand in.`,
      means: "What holds in that order is not part of the answer.",
      advice: "Run all cells from the top, or check what ran: `lookback run`.",
    });
  }
  for (const { at, names } of ungiven.values())
    program.note(at, {
      code: "coverage/name-not-given",
      weight: "unread",
      reason: `Nothing that was read gives ${enumerated(names.map((name) => `\`${name}\``))}.`,
      means: `What ${names.length > 1 ? "they hold" : "it holds"}, and what was done to those rows before, is not part of the answer.`,
      advice: "Add the cell that gives it, or check what ran: `lookback run`.",
    });
}
