import type { FlowStatement } from "./fixes/flow.ts";
import type { Statement } from "./ir.ts";
import { remembered } from "./remembered.ts";

/** What an outermost statement says, as the analysis has read it. */
export const writtenAs = remembered<FlowStatement, readonly Statement[]>(
  (facts, { cell, from, to }) => facts.statementsOf(cell).filter(({ at }) => at.from >= from && at.to <= to),
  (statement) => statement,
);
