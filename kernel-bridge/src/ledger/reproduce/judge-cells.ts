import { counted } from "../../counted.ts";
import { compareOutputs } from "../compare/cells/compare-outputs.ts";
import type { Side } from "../compare/side.ts";
import type { Outcome, Run } from "../format/run.ts";
import type { Again } from "./again.ts";
import type { Count, Difference, NotCompared } from "./reproduction.ts";

export interface CellsJudged {
  readonly differences: readonly Difference[];
  readonly notCompared: readonly NotCompared[];
  readonly count: Count;
  /** Whether what ran last ended as it did: only then it is known what it would have made. */
  readonly isEndTheSame: boolean;
}

/** Each execution beside its first: how it ended, and what it showed. Of a cell that ran more than once the last output alone was recorded. */
export function differencesOfCells(
  { recorded, again, asked, roots }: Again,
  number: (cellId: string) => number | null,
): CellsJudged {
  const differences: Difference[] = [];
  const differing = new Set<number>();
  const begun = again.run.cells.length;
  const [before, after] = [outputsAt(recorded), outputsAt(again)];
  for (const [at, cell] of recorded.run.cells.slice(0, begun).entries()) {
    const shown = number(cell.cellId);
    const put = (what: string, isChance: boolean) => {
      differences.push({ cell: shown, what, isChance });
      differing.add(at);
    };
    const ended = howEnded(recorded.run, at);
    const endedAgain = howEnded(again.run, at);
    if (ended !== endedAgain) put(`it ${endedAgain}, and ${ended} then`, false);
    const isLast = recorded.run.cells.findLastIndex(({ cellId }) => cellId === cell.cellId) === at;
    if (!isLast || ended !== endedAgain) continue;
    const [left, right] = [before(at), after(at)];
    if (left === null || right === null) continue;
    const [was, is] = [placed(left, roots), placed(right, roots)];
    if (isSame(was, is)) continue;
    const isNumbers = isSame(withoutNumbers(was), withoutNumbers(is));
    put(isNumbers ? "numbers or pictures in its output" : outputWords(was, is), isNumbers);
  }
  const rest = recorded.run.cells.length - begun;
  const lastAsked = begun - 1;
  const isEndTheSame = begun > 0 && howEnded(recorded.run, lastAsked) === howEnded(again.run, lastAsked);
  // What did not run because an earlier cell ended otherwise is said by that cell.
  const isCut = rest > 0 && isEndTheSame && begun < asked;
  return {
    differences,
    notCompared: isCut ? [{ what: counted(rest, "cell"), reason: "the run ended before" }] : [],
    count: { same: begun - differing.size, of: recorded.run.cells.length },
    isEndTheSame,
  };
}

/** By execution; null where the notebook has none that can be named. */
function outputsAt({ run, cells }: Side): (at: number) => readonly unknown[] | null {
  const byIndex = new Map(cells?.map((cell) => [cell.index, cell.outputs]));
  return (at) => {
    const index = run.cells[at]?.index ?? null;
    return index === null ? null : (byIndex.get(index) ?? null);
  };
}

function howEnded({ cells, outcome }: Pick<Run, "cells" | "outcome">, at: number): string {
  const state = cells[at]?.outcome ?? "ok";
  if (state === "ok") return "ended well";
  if (state === "interrupted") return "was interrupted";
  return outcome.kind === "error" && at === cells.length - 1 ? raised(outcome) : "raised an error";
}

function raised({ name, message }: Extract<Outcome, { kind: "error" }>): string {
  const line = message.split("\n")[0] ?? "";
  return `raised ${name}${line === "" ? "" : `: ${line.slice(0, 200)}`}`;
}

function isSame(left: readonly unknown[], right: readonly unknown[]): boolean {
  return ["same", "none"].includes(compareOutputs(left, right).state);
}

/** Where it ran again is told as where it ran, and so is where its packages lie. */
function placed(outputs: readonly unknown[], [recorded, again]: Again["roots"]): readonly unknown[] {
  const text = JSON.stringify(outputs).replaceAll(inJson(again), () => inJson(recorded));
  return JSON.parse(withoutFolderOfPackages(text));
}

/** By hand: an expression that begins with any number of letters tries a picture of a million of them anew from each. */
function withoutFolderOfPackages(text: string): string {
  let left = "";
  let from = 0;
  for (const { index } of text.matchAll(/[\\/]site-packages\b/g)) {
    let start = index;
    while (start > from && !/[\s"'`(<>]/.test(text[start - 1]!)) start--;
    left += text.slice(from, start);
    from = index + 1;
  }
  return left + text.slice(from);
}

function inJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

/** The words alone, however wide the columns are that the numbers stand in; of a picture that there is one. */
function withoutNumbers(outputs: readonly unknown[]): readonly unknown[] {
  const strip = (value: unknown, key = ""): unknown => {
    if (typeof value === "string")
      return key.startsWith("image/")
        ? "picture"
        : value
            .replace(/[-+−]?(\d[\d,_]*)?\.?\d+(e[-+]?\d+)?|\b(nan|inf)\b/gi, "0")
            .replace(/[-─═\s]+/g, " ")
            .replace(/( ?\b0\b)+/g, " 0");
    if (Array.isArray(value)) {
      const parts = value.every((each) => typeof each === "string") ? [value.join("")] : value;
      return parts.map((each) => strip(each, key));
    }
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, strip(each, name)]));
  };
  return outputs.map((output) => strip(output));
}

function outputWords(left: readonly unknown[], right: readonly unknown[]): string {
  if (right.length === 0) return "it shows nothing, and showed something then";
  return left.length === 0 ? "it shows something, and showed nothing then" : "its output";
}
