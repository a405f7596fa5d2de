import { type Coverage, coverageOf } from "../notebook/coverage.ts";
import type { Gap } from "../notebook/gap.ts";
import type { Notebook, Range } from "../notebook/notebook.ts";
import { type Python, parseCell } from "../notebook/python.ts";
import type { Sql } from "../sql/sql.ts";
import type { Allowance } from "./allowances/allowance.ts";
import { applyAllowances } from "./allowances/apply-allowances.ts";
import { readAllowances } from "./allowances/read-allowances.ts";
import { findChains } from "./chains/find-chains.ts";
import type { Facts, Schema } from "./facts/program.ts";
import { runProgram } from "./facts/run-program.ts";
import { laterRows } from "./facts/say-unfollowed.ts";
import { createTrail, noTrail, type Trail } from "./facts/trail.ts";
import type { Finding, Fix } from "./finding.ts";
import { findingOf } from "./finding-of.ts";
import { type FlowStatement, flowOf } from "./fixes/flow.ts";
import { flowOrder } from "./flow-order.ts";
import type { Place } from "./ir.ts";
import { knownRules } from "./known-rules.ts";
import { type LoweredCell, lowerCell } from "./lower/lower-cell.ts";
import { modulesOf } from "./modules/modules.ts";
import { movedRanges } from "./moved-ranges.ts";
import type { Draft, NotebookFacts, Rule } from "./rule.ts";
import { rules } from "./rules/rules.ts";
import { sayTableless } from "./say-tableless.ts";
import { isOn, isShown } from "./settings/judge.ts";
import { type LeftOut, leftOutOf } from "./settings/left-out.ts";
import { defaultSettings, type Settings } from "./settings/settings.ts";

/** What the linter knows of one snapshot of a notebook. */
export interface Analysis {
  /** In document order. */
  readonly findings: readonly Finding[];
  /** What `# lookback: allow` comments silenced. */
  readonly allowed: readonly Finding[];
  /** Cells that do not parse now. Their last good text stands in for them, when there was one. */
  readonly broken: readonly string[];
  /** What the findings, and their absence, speak of. */
  readonly coverage: Coverage;
  /** What the settings leave out of the findings. */
  readonly leftOut: LeftOut;
  readonly facts: Facts;
  /** Ids of the cells in the order that the facts are of: as they last ran, where that is known. */
  readonly ran: readonly string[];
  /** Ids of the cells in the order they run from the top. */
  readonly order: readonly string[];
}

/** Work kept between snapshots of one notebook: unchanged cells are neither parsed nor lowered again, nor run before the first that changed. */
export interface Cache {
  readonly cells: Map<string, CachedCell>;
  /** As the cells last ran, and from the top. */
  readonly trails: { readonly ran: Trail; readonly written: Trail };
}

/** An empty cache. */
export function createCache(): Cache {
  return { cells: new Map(), trails: { ran: createTrail(), written: createTrail() } };
}

/** A cache for texts that are only tried, which begins with what is known: the other remembers none of them. */
export function forkOf({ cells, trails: { ran, written } }: Cache): Cache {
  return { cells: new Map(cells), trails: { ran: ran.fork(), written: written.fork() } };
}

interface CachedCell extends LoweredCell {
  readonly source: string;
  readonly allowances: readonly Allowance[];
  readonly hasErrors: boolean;
  /** The source the statements came from: an earlier one while the cell does not parse. */
  readonly loweredFrom: string;
}

/**
 * The findings of a notebook. No I/O; never throws, however broken the Python.
 *
 * `order` is the cells as they last ran (ids, repetitions allowed, unknown ids skipped): then both that order and the document's
 * are looked at, and a finding of only one of them says so; `facts` are those of the last run. `schemaOf`
 * answers the columns of a data file by its path as written, or null. The same `cache` for successive snapshots of one notebook
 * makes an edit cost its own cell.
 */
export function analyze(
  notebook: Notebook,
  given: {
    readonly python: Python;
    readonly order?: readonly string[];
    readonly schemaOf?: (path: string) => Schema | null;
    readonly cache?: Cache;
    /** Without it what the notebook says in SQL is not part of the answer, and that is said. */
    readonly sql?: Sql | null;
    /** The files it may import, and the folder they are found from. Without them what they do is not part of the answer, and that is said. */
    readonly imports?: { readonly files: readonly Notebook[]; readonly root: string };
    /** What reading the file left out. */
    readonly fileGaps?: readonly Gap[];
    /** Which rules are looked for, and what their findings count as. */
    readonly settings?: Settings;
  },
): Analysis {
  const settings = given.settings ?? defaultSettings;
  const cache = given.cache ?? createCache();
  const lowered = new Map(
    notebook.cells.map((cell) => [cell.id, lowerCached(given.python, cache.cells, cell.id, cell.source)]),
  );
  forgetOthers(cache.cells, lowered);
  const modules = given.imports ? modulesOf(notebook, { ...given.imports, python: given.python }) : null;
  const sourceOf = (cell: string): string => lowered.get(cell)?.loweredFrom ?? modules?.sourceOf(cell) ?? "";
  const textOf = (place: Place): string => sourceOf(place.cell).slice(place.from, place.to);
  const look = (
    order: readonly string[],
    trail: Trail,
    isAnyones: (column: string) => boolean = () => false,
  ): { facts: Facts; drafts: readonly Finding[] } => {
    const facts = runProgram(
      order.map((id) => lowered.get(id)?.statements ?? []),
      { textOf, modules, sql: given.sql ?? null, schemaOf: given.schemaOf ?? (() => null), isAnyones },
      trail,
    );
    let flow: readonly FlowStatement[] | null = null;
    const notebookFacts: NotebookFacts = {
      ...facts,
      textOf,
      sourceOf,
      commentsOf: (cell) => lowered.get(cell)?.comments ?? [],
      statementsOf: (cell) => lowered.get(cell)?.statements ?? [],
      flow: () =>
        (flow ??= flowOf(
          order.map((id) => ({ id, source: sourceOf(id) })),
          given.python,
        )),
    };
    const found: [Rule, Draft][] = [];
    for (const rule of rules)
      if (isOn(settings, rule)) rule.check(notebookFacts, (draft) => found.push([rule, draft]));
    const chains = findChains(
      found.map(([, draft]) => draft),
      notebookFacts,
    );
    const drafts = found.map(([rule, draft]) =>
      findingOf(rule, draft, chains.get(draft) ?? null, { settings, facts: notebookFacts }),
    );
    return { facts, drafts };
  };
  const fromTop = flowOrder(notebook.cells.map(({ id }) => ({ id, flow: lowered.get(id)?.flow ?? null })));
  const ran = given.order?.filter((id) => lowered.has(id)) ?? fromTop;
  const isAsWritten = ran.length === fromTop.length && ran.every((id, at) => id === fromTop[at]);
  const { facts, drafts: asRan } = look(ran, cache.trails.ran);
  const drafts = isAsWritten ? asRan : bothOrders(asRan, look(fromTop, cache.trails.written).drafts);
  const tableless = sayTableless(facts, asRan, (isAnyones) => look(ran, noTrail, isAnyones).drafts);
  const moved = movedIn(lowered);
  const standing = drafts
    .filter(({ cellId }) => lowered.has(cellId))
    .flatMap((draft) => standingNow(draft, moved));
  const coverage = coverageOf(notebook, [
    ...(given.fileGaps ?? []),
    ...notebook.cells.flatMap((cell) => lowered.get(cell.id)?.gaps ?? []),
    ...[...unsaid(facts.gaps.values(), drafts), ...tableless].map((gap) => {
      const move = moved.get(gap.cellId ?? "");
      return move && gap.range ? { ...gap, range: move(gap.range).range } : gap;
    }),
  ]);
  const { findings: all, allowed } = applyAllowances(
    standing,
    notebook.cells.flatMap(({ id }) =>
      (lowered.get(id)?.allowances ?? []).map((one) => ({ ...one, cellId: id })),
    ),
    { coverage, settings },
  );
  return {
    findings: inOrder(
      notebook,
      all.filter((finding) => isShown(settings, finding)),
    ),
    allowed,
    broken: notebook.cells.filter((cell) => lowered.get(cell.id)?.hasErrors).map((cell) => cell.id),
    coverage,
    leftOut: leftOutOf(settings, knownRules, all),
    facts,
    ran,
    order: fromTop,
  };
}

/** For each cell whose earlier text stands in for it: where the ranges of that are now. */
function movedIn(lowered: ReadonlyMap<string, CachedCell>): ReadonlyMap<string, Moves> {
  return new Map(
    [...lowered].flatMap(([id, { source, loweredFrom }]) =>
      source === loweredFrom ? [] : [[id, movedRanges(loweredFrom, source)] as const],
    ),
  );
}

type Moves = ReturnType<typeof movedRanges>;

/** A finding of texts that are being changed, at its words as they are now; none where they are gone. What would change such a text is no fix. */
function standingNow(finding: Finding, moved: ReadonlyMap<string, Moves>): Finding[] {
  if (moved.size === 0) return [finding];
  const at = moved.get(finding.cellId)?.(finding.range);
  if (at?.isReplaced) return [];
  const isStanding = ({ edits }: Fix) => edits.every(({ cellId }) => !moved.has(cellId));
  return [
    {
      ...finding,
      range: at?.range ?? finding.range,
      path: finding.path.map((step) => ({
        ...step,
        range: moved.get(step.cellId)?.(step.range).range ?? step.range,
      })),
      plan: () => finding.plan().filter(isStanding),
      isPlanned: (isMeant = () => true) => finding.isPlanned((fix) => isStanding(fix) && isMeant(fix)),
      obstacles: () =>
        finding.plan().every(isStanding)
          ? finding.obstacles()
          : ["a cell that would be changed is no Python as it stands"],
    },
  ];
}

/** Findings of either order; one that holds in one order only says so. */
function bothOrders(asRan: readonly Finding[], asWritten: readonly Finding[]): Finding[] {
  const keyOf = ({ rule, cellId, range }: Finding): string =>
    `${rule}:${cellId}:${range.start.line}:${range.start.character}`;
  const ranKeys = new Set(asRan.map(keyOf));
  const writtenKeys = new Set(asWritten.map(keyOf));
  return [
    ...asRan.map((finding) =>
      writtenKeys.has(keyOf(finding))
        ? finding
        : { ...finding, message: `${finding.message} Only as the cells last ran, not from top to bottom.` },
    ),
    ...asWritten
      .filter((finding) => !ranKeys.has(keyOf(finding)))
      .map((finding) => ({
        ...finding,
        message: `${finding.message} Only when the cells run from top to bottom, not as they last ran.`,
      })),
  ];
}

/** What was not followed, without the values of later rows that a rule has said something about. */
function unsaid(gaps: Iterable<Gap>, said: readonly Finding[]): Gap[] {
  const keyOf = (cell: string | null, { start, end }: Range): string =>
    [cell, start.line, start.character, end.line, end.character].join();
  const places = new Set(said.map(({ cellId, range }) => keyOf(cellId, range)));
  return [...gaps].filter(
    ({ code, cellId, range }) => code !== laterRows || !range || !places.has(keyOf(cellId, range)),
  );
}

function lowerCached(python: Python, cache: Cache["cells"], id: string, source: string): CachedCell {
  const before = cache.get(id);
  if (before?.source === source) return before;
  const syntax = parseCell(python, source);
  const { hasErrors } = syntax;
  const lowered = lowerCell(python, syntax, id, source);
  const allowances = readAllowances(syntax, source);
  syntax.tree.delete();
  const isLastGood = before !== undefined && (!before.hasErrors || before.loweredFrom !== before.source);
  const cached: CachedCell =
    hasErrors && isLastGood
      ? { ...before, source, allowances, hasErrors, gaps: lowered.gaps }
      : { source, allowances, hasErrors, ...lowered, loweredFrom: source };
  cache.set(id, cached);
  return cached;
}

function forgetOthers(cache: Cache["cells"], present: ReadonlyMap<string, unknown>): void {
  for (const id of [...cache.keys()]) if (!present.has(id)) cache.delete(id);
}

function inOrder(notebook: Notebook, findings: readonly Finding[]): Finding[] {
  const places = new Map(notebook.cells.map((cell, at) => [cell.id, at]));
  const weigh = (finding: Finding): number =>
    (places.get(finding.cellId) ?? 0) * 1e6 + finding.range.start.line * 1e3 + finding.range.start.character;
  return [...findings].sort((a, b) => weigh(a) - weigh(b));
}
