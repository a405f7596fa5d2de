import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Run } from "@lookback/kernel-bridge/ledger/format/run.ts";
import type { CallByText } from "./calls-by-text.ts";

/** How much of one kind is recorded as it was. */
export interface Tally {
  readonly right: number;
  /** Not recorded, and the run says so. */
  readonly noted: number;
  readonly silent: number;
  /** Recorded, and no call of the text. */
  readonly notTheirs: number;
  /** Temporary files, of which a run says how many there were and nothing else. */
  readonly temporary: number;
}

export interface JudgedRun {
  readonly fits: Tally;
  readonly scores: Tally;
  readonly files: Tally;
  /** What is not right, a sentence each. */
  readonly faults: readonly string[];
}

export const nothing: Tally = { right: 0, noted: 0, silent: 0, notTheirs: 0, temporary: 0 };

/** Holds what a run recorded against what the text of its cells called. */
export function judgeNotebook(calls: readonly CallByText[], run: Run): JudgedRun {
  const fits = matched(expectedFits(calls), recordedFits(run), run);
  const scores = matched(expectedScores(calls), recordedScores(run), run);
  const files = matched(expectedFiles(calls), recordedFiles(run), run);
  return {
    fits: fits.tally,
    scores: scores.tally,
    files: files.tally,
    faults: [...fits.faults, ...scores.faults, ...files.faults],
  };
}

/** One thing that is to be recorded, or that was. */
interface Thing {
  readonly cell: string;
  /** What it must be called alike in both. */
  readonly name: string;
  /** What it must have alike where both know it. */
  readonly value: number | string | null;
}

interface Expected extends Thing {
  /** It may be recorded, and need not be. */
  readonly isOptional: boolean;
}

function matched(expected: readonly Expected[], recorded: readonly Thing[], run: Run) {
  const left = new Map<string, Thing[]>();
  for (const each of recorded) left.set(keyOf(each), [...(left.get(keyOf(each)) ?? []), each]);
  const tally = { ...nothing } as { -readonly [key in keyof Tally]: number };
  const faults: string[] = [];
  // Those that must be there choose first.
  for (const each of [...expected].sort((a, b) => Number(a.isOptional) - Number(b.isOptional))) {
    const same = left.get(keyOf(each)) ?? [];
    const at = same.findIndex(({ value }) => alike(value, each.value));
    if (at !== -1) same.splice(at, 1);
    if (each.isOptional) continue;
    if (at !== -1) tally.right++;
    else if (isTemporary(each) && saysTemporary(run)) tally.temporary++;
    else {
      const isNoted = isSaid(run);
      tally[isNoted ? "noted" : "silent"]++;
      faults.push(`${isNoted ? "noted" : "silent"}: ${sentence(each)} is missing`);
    }
  }
  for (const each of [...left.values()].flat()) {
    tally.notTheirs++;
    faults.push(`not theirs: ${sentence(each)}`);
  }
  return { tally: tally as Tally, faults };
}

function keyOf({ cell, name }: Thing): string {
  return `${cell} ${name}`;
}

function sentence({ cell, name, value }: Thing): string {
  return `${name}${value === null ? "" : ` = ${value}`} in ${cell}`;
}

function alike(a: Thing["value"], b: Thing["value"]): boolean {
  if (a === null || b === null) return true;
  if (typeof a === "number" && typeof b === "number")
    return Math.abs(a - b) <= 1e-6 * Math.max(1, Math.abs(a), Math.abs(b));
  return a === b;
}

/** Whether the run says that something was left out, besides what was done inside libraries. */
function isSaid(run: Run): boolean {
  return run.notes.some(({ code }) => /^observer\/(?!within)/.test(code));
}

function isTemporary({ name }: Thing): boolean {
  return name.includes(` of ${join(tmpdir(), "")}`);
}

function saysTemporary(run: Run): boolean {
  return run.notes.some(({ message }) => /temporary files? w(as|ere) opened and not recorded/.test(message));
}

function expectedFits(calls: readonly CallByText[]): Expected[] {
  return calls.flatMap((call) =>
    call.kind === "fit"
      ? [
          {
            cell: call.cell,
            name: `${call.method} of ${call.class.split(".").at(-1)}`,
            value: null,
            isOptional: call.inside,
          },
        ]
      : [],
  );
}

function recordedFits(run: Run): Thing[] {
  return run.models.flatMap(({ cellId, className, method, calls }) =>
    Array.from({ length: calls ?? 1 }, () => ({
      cell: cellId,
      name: `${method} of ${className.split(".").at(-1)}`,
      value: null,
    })),
  );
}

function expectedScores(calls: readonly CallByText[]): Expected[] {
  return calls.flatMap((call): Expected[] => {
    const { cell, inside: isOptional } = call;
    if (call.kind === "score") return [{ cell, name: call.name, value: call.value, isOptional }];
    // What a library computes as it fits is recorded where it is known.
    if (call.kind === "fit")
      return Object.entries(call.scores).map(([name, value]) => ({ cell, name, value, isOptional: true }));
    if (call.kind === "table") return [{ cell, name: `table ${call.name}`, value: null, isOptional }];
    return [];
  });
}

function recordedScores(run: Run): Thing[] {
  const ofTraining = new Set(["evals_result", "cv"]);
  const scores = run.metrics
    .filter(({ name }) => !name.startsWith("cv "))
    .flatMap(({ cellId: cell, name, value, values, folds }) =>
      (folds === null && values !== null ? values : [value]).map((each) => ({ cell, name, value: each })),
    );
  const tables = run.tables
    .filter(({ name }) => !ofTraining.has(name) || name === "cv")
    .map(({ cellId, name }) => ({
      cell: cellId,
      name: `table ${name.replace(/^(permutation_importance) .*/, "$1")}`,
      value: null,
    }));
  return [...scores, ...tables];
}

/** Each file once a cell and access: that it was used again is no second use. */
function expectedFiles(calls: readonly CallByText[]): Expected[] {
  const uses = new Map<string, Expected>();
  for (const call of calls) {
    const { cell, inside } = call;
    const use: Expected | null =
      call.kind === "file"
        ? { cell, name: `${call.access} of ${call.path}`, value: call.sha256, isOptional: inside }
        : call.kind === "made"
          ? { cell, name: `made ${call.name}`, value: null, isOptional: true }
          : null;
    if (use === null) continue;
    const known = uses.get(keyOf(use));
    if (known === undefined || (known.isOptional && !use.isOptional)) uses.set(keyOf(use), use);
  }
  return [...uses.values()];
}

function recordedFiles(run: Run): Thing[] {
  const uses = new Map<string, Thing>();
  for (const { cellId: cell, access, path, kind, sha256 } of run.datasets) {
    const use =
      kind === "made"
        ? { cell, name: `made ${path.replace(/^made:/, "")}`, value: null }
        : { cell, name: `${access} of ${path}`, value: access === "read" ? sha256 : null };
    uses.set(keyOf(use), use);
  }
  return [...uses.values()];
}
