import type { Program } from "./program.ts";

/** Says which names are read above the place that gives them: from top to bottom the notebook would stop there. */
export function sayGivenBelow(program: Program): void {
  const globals = program.store.globals();
  for (const [name, { at, reference }] of program.unbound) {
    const now = globals.get(name);
    if (now === undefined || now === reference) continue;
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
}
