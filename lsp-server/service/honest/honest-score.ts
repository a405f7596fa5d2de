import { readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { counted } from "@lookback/kernel-bridge/counted.ts";
import { Failure } from "@lookback/kernel-bridge/failure.ts";
import { findPython } from "@lookback/kernel-bridge/kernels/find-python.ts";
import type { Finding } from "@lookback/language/leakage/finding.ts";
import { cellOf, type Notebook } from "@lookback/language/notebook/notebook.ts";
import { sliceCells } from "@lookback/language/slice/slice-cells.ts";
import { encodeText } from "@lookback/notebook-file/decode-text.ts";
import { type NotebookFile, readNotebookFile } from "@lookback/notebook-file/read-notebook-file.ts";
import { sourceEdits } from "@lookback/notebook-file/source-edits.ts";
import { applyEdits } from "@lookback/notebook-file/text-edit.ts";
import { composeCopy } from "./compose-copy.ts";
import { fixOrders, membersOf, type SetOfFixes, setsOf } from "./fix-orders.ts";
import type { HonestReport, SaidFinding } from "./honest-report.ts";
import { leakBill } from "./leak-bill.ts";
import { type Part, partsOf, textOf } from "./parts.ts";
import { type Leaks, readLeaks } from "./read-leaks.ts";
import { type AsWritten, runAsWritten } from "./run-as-written.ts";
import { type CopyRun, type CopyWorld, runCopy } from "./run-copy.ts";
import { sameScore } from "./scores.ts";

export interface HonestOptions extends Omit<CopyWorld, "python"> {
  /** The notebook's absolute path. */
  readonly path: string;
  /** The Python to use; found from the notebook's folder when absent. */
  readonly python?: string | undefined;
  readonly onProgress?: (step: string) => void;
}

/**
 * What a notebook's score is once its leaks are fixed, and what each of them gave to it. Every set of fixes that an order comes by is made on a copy of the notebook and run in a kernel and a
 * copy of the workspace of its own; the notebook and its files stay as they are.
 *
 * Fails with `honest/unreadable`, `honest/outside`, `honest/not-run`, `honest/no-score`, `honest/too-large`, `honest/stopped`, and as starting a kernel does.
 */
export async function honestScore(options: HonestOptions): Promise<HonestReport> {
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
  say("Trying fixes on copies");
  const { parts, unfixed, gone } = partsOf(notebook, findings, originals, look);
  const told = (finding: Finding) => saidOf(notebook, finding);
  const common = {
    notebook: name,
    unfixed: unfixed.map(told),
    gone: gone.map(told),
    notRead: leaks.notRead,
    remarks: leaks.problems,
  };
  if (parts.length === 0)
    return {
      ...common,
      score: null,
      parts: [],
      bill: null,
      chance: null,
      copies: [],
      kernels: 0,
      durationMs: Date.now() - began,
    };
  refuseNamed(root, notebook);
  const python = await findPython(dirname(path), options.python, options.env);
  const runner = runnerOf({ ...options, python }, file, leaks, say);
  const written = await runAsWritten(
    () => runner.run("As it is", bytes, null),
    (scoring) => runner.run("As it is, what the score rests on", bytes, runner.slice(notebook, scoring)),
  );
  const orders = fixOrders(parts.length);
  const sets = setsOf(orders);
  const scores = await scoresOf(sets, { leaks, parts, written, runner });
  const bill = leakBill(orders, (fixes) => scores.get(fixes)?.score ?? null);
  const { metric } = written.place;
  return {
    ...common,
    score: {
      name: metric.name,
      cellId: metric.cellId,
      cell: (cellOf(notebook, metric.cellId)?.index ?? 0) + 1,
      asWritten: metric.value,
      honest: scores.get(2 ** parts.length - 1)?.score ?? null,
    },
    parts: parts.map(({ findings: of, fixes }, at) => {
      const share = bill?.shares[at] ?? null;
      return {
        findings: of.map((finding, each) => {
          const { title, kind } = fixes[each]!;
          return { ...told(finding), fix: { title, kind } };
        }),
        share,
        error: bill?.errors[at] ?? null,
        isWithinChance:
          share !== null && written.chance.spread > 0 && Math.abs(share) <= written.chance.spread,
      };
    }),
    bill: bill === null ? null : { fixed: bill.honest, orders: bill.orders },
    chance: written.chance,
    copies: sets.map((set) => ({ fixed: membersOf(set), ...scores.get(set)! })),
    kernels: runner.count(),
    durationMs: Date.now() - began,
  };
}

interface Runner {
  run(what: string, bytes: Uint8Array, only: ReadonlySet<string> | null): Promise<CopyRun>;
  /** The cells that what a cell scored rests on. */
  slice(notebook: Notebook, scoring: string): ReadonlySet<string>;
  /** The file with a copy's cells; null where that cannot be without a loss. */
  bytesOf(copy: Notebook): Uint8Array | null;
  count(): number;
}

function runnerOf(
  world: CopyWorld,
  file: NotebookFile,
  { look, notebook: original }: Leaks,
  say: (step: string) => void,
): Runner {
  let kernels = 0;
  return {
    run(what, bytes, only) {
      kernels++;
      say(what);
      return runCopy(world, bytes, only, ({ state, number, of }) => {
        if (state === "running") say(`${what}: cell ${number} of ${of}`);
      });
    },
    slice: (notebook, scoring) =>
      new Set(
        sliceCells(notebook, look.python, [], new Set([scoring])).flatMap(({ needed, cellId }) =>
          needed ? [cellId] : [],
        ),
      ),
    bytesOf({ cells }) {
      const edits = cells
        .filter(({ id, source }) => cellOf(original, id)?.source !== source)
        .map(({ id, source }) => sourceEdits(file, id, source));
      if (edits.some((each) => each === null)) return null;
      return encodeText(
        applyEdits(
          file.text,
          edits.flatMap((each) => each ?? []),
        ),
        file.encoding,
      );
    },
    count: () => kernels,
  };
}

interface Score {
  readonly score: number | null;
  readonly why: string | null;
}

/** The score with each set of fixes. Copies that came out alike run once. */
async function scoresOf(
  sets: readonly SetOfFixes[],
  work: {
    readonly leaks: Leaks;
    readonly parts: readonly Part[];
    readonly written: AsWritten;
    readonly runner: Runner;
  },
): Promise<Map<SetOfFixes, Score>> {
  const { leaks, parts, written, runner } = work;
  const { notebook, originals, look } = leaks;
  const { place, isSliced } = written;
  const copies = sets.map((set) => {
    const wanted = membersOf(set).flatMap((part) => parts[part]?.findings ?? []);
    return { set, ...composeCopy(notebook, new Set(wanted), originals, look) };
  });
  const ran = new Map<string, Score>([[textOf(notebook), { score: place.metric.value, why: null }]]);
  const scores = new Map<SetOfFixes, Score>();
  const distinct = new Set(copies.map((copy) => textOf(copy.notebook))).size - 1;
  for (const { set, notebook: copy, stuck, lost } of copies) {
    const unmade =
      stuck[0] === undefined ? lost : `the fix for ${stuck[0].rule} does not hold without others`;
    const bytes = runner.bytesOf(copy);
    const why = unmade ?? (bytes === null ? "its lines end in carriage returns, which would be lost" : null);
    if (why !== null || bytes === null) {
      scores.set(set, { score: null, why });
      continue;
    }
    const text = textOf(copy);
    const known = ran.get(text);
    const score = known ?? (await scoreOf(bytes, copy));
    ran.set(text, score);
    scores.set(set, score);
  }
  return scores;

  async function scoreOf(bytes: Uint8Array, copy: Notebook): Promise<Score> {
    const only = isSliced ? runner.slice(copy, place.metric.cellId) : null;
    const run = await runner.run(`Copy ${ran.size} of ${distinct}`, bytes, only);
    const value = run.why ?? sameScore(run, place);
    return typeof value === "number" ? { score: value, why: null } : { score: null, why: value };
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

function saidOf(notebook: Notebook, { rule, title, message, cellId, range }: Finding): SaidFinding {
  const cell = (cellOf(notebook, cellId)?.index ?? 0) + 1;
  return { rule, title, message, cellId, cell, line: range.start.line + 1 };
}
