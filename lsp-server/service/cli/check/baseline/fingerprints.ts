import { createHash } from "node:crypto";
import type { Finding } from "@lookback/language/leakage/finding.ts";
import { cellOf, type Notebook } from "@lookback/language/notebook/notebook.ts";
import type { LocatedProblem } from "../definition-problems.ts";

/** What is said of one place of a file. */
export type Fault = Finding | LocatedProblem;

/**
 * A name for each of a file's faults that stays when lines, cells or blanks around it move: of its rule and the lines it stands on. Of
 * several that are alike the second ends in `:2`.
 */
export function fingerprintsOf(notebook: Notebook, faults: readonly Fault[]): ReadonlyMap<Fault, string> {
  const seen = new Map<string, number>();
  return new Map(
    faults.map((fault) => {
      const identity = JSON.stringify([ruleOf(fault), textAround(notebook, fault)]);
      const nth = (seen.get(identity) ?? 0) + 1;
      seen.set(identity, nth);
      return [fault, `${createHash("sha256").update(identity).digest("hex").slice(0, 32)}:${nth}`];
    }),
  );
}

/** The id a fault goes by. */
export function ruleOf(fault: Fault): string {
  return "rule" in fault ? fault.rule : fault.code;
}

/** The lines that a fault stands on, each run of white space one blank. */
export function textAround(notebook: Notebook, { cellId, range }: Fault): string {
  return (cellOf(notebook, cellId)?.source.split("\n") ?? [])
    .slice(range.start.line, range.end.line + 1)
    .map((line) => line.replaceAll(/\s+/g, " ").trim())
    .filter((line) => line !== "")
    .join("\n");
}
