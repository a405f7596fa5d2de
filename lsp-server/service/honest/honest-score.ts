import { readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { counted } from "@lookback/kernel-bridge/counted.ts";
import { Failure } from "@lookback/kernel-bridge/failure.ts";
import { findPython } from "@lookback/kernel-bridge/kernels/find-python.ts";
import { diffLines } from "@lookback/kernel-bridge/ledger/compare/cells/diff-lines.ts";
import type { Metric } from "@lookback/kernel-bridge/ledger/format/run.ts";
import type { Finding } from "@lookback/language/leakage/finding.ts";
import type { Reach } from "@lookback/language/leakage/score-reach.ts";
import { cellOf, type Notebook } from "@lookback/language/notebook/notebook.ts";
import { readNotebookFile } from "@lookback/notebook-file/read-notebook-file.ts";
import type { CellChange, HonestReport, SaidFinding } from "@lookback/protocol/honest.ts";
import { composeCopy } from "./compose-copy.ts";
import { type CopyRunner, copyRunner } from "./copy-runner.ts";
import { fixOrders, membersOf, type SetOfFixes, setsOf } from "./fix-orders.ts";
import { leakBill } from "./leak-bill.ts";
import { type Part, partsOf, textOf } from "./parts.ts";
import { type Leaks, readLeaks } from "./read-leaks.ts";
import { type AsWritten, runAsWritten } from "./run-as-written.ts";
import type { CopyWorld, HeldRun } from "./run-copy.ts";
import { sameScore } from "./scores.ts";

export interface HonestOptions extends Omit<CopyWorld, "python"> {
  /** The notebook's absolute path. */
  readonly path: string;
  /** The Python to use; found from the notebook's folder when absent. */
  readonly python?: string | undefined;
  /** Whether the run that gives the honest score is held, so that it can be kept. */
  readonly isHeld?: boolean;
  /** What is being done, and of how many kernels how many have run: null while nobody knows. */
  readonly onProgress?: (step: string, done: number, of: number | null) => void;
}

export interface HonestResult {
  readonly report: HonestReport;
  /** The score as written, with all that is known of it; null where nothing ran. */
  readonly metric: Metric | null;
  /** The run with every fix, where it is to be held and there is one. Whoever gets it releases it. */
  readonly held: HeldRun | null;
}

/**
 * What a notebook's score is once its leaks are fixed, and what each of them gave to it. Every set of fixes that an order comes by is made on a copy of the notebook and run in a kernel and a
 * copy of the workspace of its own; the notebook and its files stay as they are.
 *
 * Fails with `honest/unreadable`, `honest/outside`, `honest/not-run`, `honest/no-score`, `honest/too-large`, `honest/stopped`, and as starting a kernel does.
 */
export async function honestScore(options: HonestOptions): Promise<HonestResult> {
  const began = Date.now();
  const { path, root, name } = options;
  const say = options.onProgress ?? (() => undefined);
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw new Failure("honest/unreadable", `${path} could not be read. Nothing ran.`, { cause });
  });
  const file = readNotebookFile(bytes).value;
  if (file === null)
    throw new Failure("honest/unreadable", `${path} is no notebook that can be read. Nothing ran.`);
  const leaks = await readLeaks(path, bytes, root);
  const { notebook, findings, originals, look } = leaks;
  say("Trying fixes on copies", 0, null);
  const tried = partsOf(notebook, findings, originals, look);
  const common = {
    notebook: name,
    notRead: leaks.notRead,
    found: leaks.found,
    coverage: leaks.coverage,
    remarks: leaks.problems,
  };
  if (tried.parts.length === 0) {
    const told = (finding: Finding) => saidOf(notebook, finding, "unknown");
    const left = { unfixed: tried.unfixed.map(told), gone: tried.gone.map(told), apart: [], mentions: [] };
    const nothing = { score: null, parts: [], changes: [], bill: null, chance: null, copies: [] };
    const took = { isSliced: false, kernels: 0, durationMs: Date.now() - began };
    return { report: { ...common, ...left, ...nothing, ...took }, metric: null, held: null };
  }
  refuseNamed(root, notebook);
  const python = await findPython(dirname(path), options.python, options.env);
  const runner = copyRunner({ ...options, python }, file, leaks, say);
  const written = await runAsWritten(
    () => runner.run("As it is", bytes, null),
    (scoring) => runner.run("As it is, what the score rests on", bytes, runner.slice(notebook, scoring)),
    python,
  );
  const { metric } = written.place;
  const reach = leaks.reachOf(written.place.cell);
  const apart = findings.filter((finding) => reach(finding) === "apart");
  const told = (finding: Finding) => saidOf(notebook, finding, reach(finding));
  const { parts, unfixed, gone } =
    apart.length === 0
      ? tried
      : partsOf(
          notebook,
          findings.filter((finding) => !apart.includes(finding)),
          originals,
          look,
        );
  const orders = fixOrders(parts.length);
  const sets = setsOf(orders);
  const all = 2 ** parts.length - 1;
  const whole = composeCopy(notebook, new Set(parts.flatMap((part) => part.findings)), originals, look);
  const scores = await scoresOf(sets, { leaks, parts, written, runner, held: options.isHeld ? all : null });
  const bill = leakBill(orders, (fixes) => scores.get(fixes)?.score ?? null);
  const report: HonestReport = {
    ...common,
    unfixed: unfixed.map(told),
    gone: gone.map(told),
    apart: apart.map(told),
    mentions: whole.mentions.map((finding) => saidOf(whole.notebook, finding, "unknown")),
    score: {
      name: metric.name,
      cellId: metric.cellId,
      cell: (cellOf(notebook, metric.cellId)?.index ?? 0) + 1,
      rows: metric.rows,
      split: metric.split,
      asWritten: metric.value,
      honest: scores.get(all)?.score ?? null,
    },
    parts: parts.map(({ findings: of, fixes, alone }, at) => {
      const share = bill?.shares[at] ?? null;
      return {
        findings: of.map((finding, each) => {
          const { title, kind } = fixes[each]!;
          return { ...told(finding), fix: { title, kind } };
        }),
        changes: alone === null ? null : changesOf(notebook, alone),
        share,
        error: bill?.errors[at] ?? null,
        isWithinChance:
          share !== null && written.chance.spread > 0 && Math.abs(share) <= written.chance.spread,
      };
    }),
    changes: changesOf(notebook, whole.notebook),
    bill: bill === null ? null : { fixed: bill.honest, orders: bill.orders },
    chance: written.chance,
    copies: sets.map((set) => ({
      fixed: membersOf(set),
      score: scores.get(set)!.score,
      why: scores.get(set)!.why,
    })),
    isSliced: written.isSliced,
    kernels: runner.count(),
    durationMs: Date.now() - began,
  };
  return { report, metric, held: scores.get(all)?.held ?? null };
}

function changesOf(before: Notebook, after: Notebook): CellChange[] {
  return after.cells.flatMap(({ id, source }) => {
    const was = cellOf(before, id);
    return was === null || was === undefined || was.source === source
      ? []
      : [
          {
            cellId: id,
            cell: was.index + 1,
            before: was.source,
            after: source,
            lines: diffLines(was.source, source),
          },
        ];
  });
}

interface Score {
  readonly score: number | null;
  readonly why: string | null;
  /** Of the set that is to be held alone. */
  readonly held: HeldRun | null;
}

/** The score with each set of fixes. Copies that came out alike run once. The run of the set `held` is held; it is released where another one fails. */
async function scoresOf(
  sets: readonly SetOfFixes[],
  work: {
    readonly leaks: Leaks;
    readonly parts: readonly Part[];
    readonly written: AsWritten;
    readonly runner: CopyRunner;
    readonly held: SetOfFixes | null;
  },
): Promise<Map<SetOfFixes, Score>> {
  const { leaks, parts, written, runner } = work;
  const { notebook, originals, look } = leaks;
  const { place, isSliced } = written;
  const copies = sets.map((set) => {
    const wanted = membersOf(set).flatMap((part) => parts[part]?.findings ?? []);
    return { set, ...composeCopy(notebook, new Set(wanted), originals, look) };
  });
  const unchanged = { score: place.metric.value, why: null, held: null };
  const ran = new Map<string, Score>([[textOf(notebook), unchanged]]);
  const scores = new Map<SetOfFixes, Score>();
  const distinct = new Set(copies.map((copy) => textOf(copy.notebook))).size - 1;
  runner.expect(distinct);
  try {
    for (const { set, notebook: copy, stuck, lost } of copies) {
      const unmade =
        stuck[0] === undefined ? lost : `the fix for ${stuck[0].rule} does not hold without others`;
      const bytes = runner.bytesOf(copy);
      const why =
        unmade ?? (bytes === null ? "its lines end in carriage returns, which would be lost" : null);
      if (why !== null || bytes === null) {
        scores.set(set, { score: null, why, held: null });
        continue;
      }
      const text = textOf(copy);
      const score = ran.get(text) ?? (await scoreOf(bytes, copy, set === work.held));
      ran.set(text, score);
      scores.set(set, score);
    }
  } catch (error) {
    for (const { held } of scores.values()) await held?.release();
    throw error;
  }
  return scores;

  async function scoreOf(bytes: Uint8Array, copy: Notebook, isHeld: boolean): Promise<Score> {
    const only = isSliced ? runner.slice(copy, place.metric.cellId) : null;
    const run = await runner.run(`Copy ${ran.size} of ${distinct}`, bytes, only, isHeld);
    const value = run.why ?? sameScore(run, place);
    if (typeof value === "number") return { score: value, why: null, held: run.held };
    await run.held?.release();
    return { score: null, why: value, held: null };
  }
}

/** In a copy such a cell would still reach the person's own files. */
function refuseNamed(root: string, { cells }: Notebook): void {
  const naming = cells.filter(({ source }) => root.length > 1 && source.includes(root));
  if (naming.length === 0) return;
  throw new Failure(
    "honest/outside",
    `${counted(naming.length, "cell")} ${naming.length === 1 ? "names" : "name"} the workspace by its full path, and would not stay in a copy. Nothing ran.`,
    { advice: "Name files from the notebook's folder." },
  );
}

function saidOf(
  notebook: Notebook,
  { rule, title, message, cellId, range }: Finding,
  reach: Reach,
): SaidFinding {
  const cell = (cellOf(notebook, cellId)?.index ?? 0) + 1;
  const reaches = reach === "unknown" ? null : reach === "reaches";
  return { rule, title, message, cellId, cell, line: range.start.line + 1, reaches };
}
