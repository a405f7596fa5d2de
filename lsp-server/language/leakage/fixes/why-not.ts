import type { Coverage } from "../../notebook/coverage.ts";
import { type Cell, cellOf, type Notebook, offsetAt, type Position } from "../../notebook/notebook.ts";
import { type Python, parseCell } from "../../notebook/python.ts";
import { isBuiltin } from "../api/builtin-names.ts";
import type { Finding, Fix } from "../finding.ts";
import { type FlowStatement, flowOf, givers, lastToTeach } from "./flow.ts";

/** A notebook, and what was found in it. */
export interface Looked {
  readonly notebook: Notebook;
  readonly findings: readonly Pick<Finding, "rule" | "severity" | "path">[];
  /** What was found and is allowed by a comment. */
  readonly allowed: readonly Pick<Finding, "rule">[];
  readonly coverage: Coverage;
  /** Ids of the cells in the order they run. */
  readonly order: readonly string[];
}

/** Why a fix is no fix, in half a sentence. */
export interface Refusal {
  readonly reason: string;
  /** It is one but for a finding of this rule, which stood in its shadow. */
  readonly brings: string | null;
}

/**
 * Why a fix is no fix; null where it is one.
 *
 * With it the notebook parses, every name is given before it is used and means what it meant to whoever uses it, the finding is gone, and
 * nothing is there that was not, of findings and of what is not understood; nor is a finding of the cut lost from sight, or what somebody
 * allows done otherwise.
 */
export function whyNot(
  before: Looked,
  after: Looked,
  fix: Fix,
  finding: Finding,
  python: Python,
): Refusal | null {
  const reason =
    whyNotAsText(before, after.notebook, fix, python) ??
    namesAfter(before, after, fix, python) ??
    (gaps(after) > gaps(before) ? "less of the fixed file would be understood" : null);
  if (reason !== null) return { reason, brings: null };
  const [were, are] = [countsOf(before), countsOf(after)];
  // What was raised is gone where at most a mention is left, of validation rows for instance; a mention is not paid for by another.
  const of = finding.severity === "information" ? "all" : "raised";
  const isAdded = ([rule, count]: [string, Count]): boolean =>
    (count.raised > (were.get(rule)?.raised ?? 0) || count[of] > (were.get(rule)?.[of] ?? 0)) &&
    !(ofCuts.has(rule) && isOfSameRows(before, after, rule));
  const added = [...are].find(isAdded);
  const fewer = (rule: string): boolean => (are.get(rule)?.all ?? 0) < (were.get(rule)?.all ?? 0);
  const count = (counts: typeof were) => counts.get(finding.rule)?.[of] ?? 0;
  if (count(are) >= count(were)) return { reason: "the fix would not remove it", brings: null };
  const hidden = ofCuts.has(finding.rule) ? undefined : [...ofCuts].find((rule) => fewer(rule));
  if (hidden !== undefined) return { reason: `the fix would hide another finding (${hidden})`, brings: null };
  const overruled = before.allowed.find(({ rule }) => allowances(after, rule) < allowances(before, rule));
  if (overruled !== undefined)
    return { reason: `the fix would change what a comment allows (${overruled.rule})`, brings: null };
  return added === undefined
    ? null
    : { reason: `the fix would bring another finding (${added[0]})`, brings: added[0] };
}

function allowances({ allowed }: Looked, rule: string): number {
  return allowed.filter((one) => one.rule === rule).length;
}

/** Rules of how rows are cut, and of what is mended with the cut: a fix of anything else that silences one has only written the cut otherwise. */
const ofCuts: ReadonlySet<string> = new Set(["group-across-split", "join-not-as-of", "random-split-on-time"]);

/** Whether all that a rule of cuts says of a fixed notebook it said before of the same rows, as gravely: a fix that cuts them once more, in folds for one, leaves them as entangled as they were. */
function isOfSameRows(before: Looked, after: Looked, rule: string): boolean {
  const said = new Set(before.findings.filter((one) => one.rule === rule).map(sayRows));
  return after.findings.filter((one) => one.rule === rule).every((one) => said.has(sayRows(one)));
}

function sayRows({ severity, path: [source] }: Pick<Finding, "severity" | "path">): string {
  return `${severity} ${source?.label}`;
}

/** The same as far as the text alone says it, for whoever would not look at a notebook for nothing. */
export function whyNotAsText(
  { notebook }: Pick<Looked, "notebook">,
  after: Notebook,
  fix: Fix,
  python: Python,
): string | null {
  if (meet(fix)) return "its changes meet each other";
  return broken(after, fix, python) > broken(notebook, fix, python)
    ? "the fixed cell would not be Python"
    : null;
}

/** Whether two edits of a fix change the same text. */
function meet({ edits }: Fix): boolean {
  const before = (a: Position, b: Position) =>
    a.line < b.line || (a.line === b.line && a.character < b.character);
  return edits.some(({ cellId, range }, at) =>
    edits
      .slice(at + 1)
      .some(
        (other) =>
          other.cellId === cellId &&
          before(range.start, other.range.end) &&
          before(other.range.start, range.end),
      ),
  );
}

/** How many of the cells that a fix changes do not parse. */
function broken({ cells }: Notebook, { edits }: Fix, python: Python): number {
  const changed = new Set(edits.map(({ cellId }) => cellId));
  return cells.filter((cell) => changed.has(cell.id) && isBroken(cell, python)).length;
}

/** One fix is asked about for each finding that it is for: a cell is parsed once. */
const brokenCells = new WeakMap<Cell, boolean>();

function isBroken(cell: Cell, python: Python): boolean {
  const known = brokenCells.get(cell);
  if (known !== undefined) return known;
  const { tree, hasErrors } = parseCell(python, cell.source);
  tree.delete();
  brokenCells.set(cell, hasErrors);
  return hasErrors;
}

function gaps({ coverage }: Looked): number {
  return coverage.gaps.filter(({ weight }) => weight !== "assumed").length;
}

/** How often a rule speaks, and how often it says more than information. */
function countsOf({ findings }: Looked): Map<string, Count> {
  const counts = new Map<string, Count>();
  for (const { rule, severity } of findings) {
    const count = counts.get(rule) ?? { all: 0, raised: 0 };
    count.all++;
    if (severity !== "information") count.raised++;
    counts.set(rule, count);
  }
  return counts;
}

interface Count {
  all: number;
  raised: number;
}

/** A name that would be used before it is given, or that would mean something else where the fix did not mean to change it. */
function namesAfter(before: Looked, after: Looked, fix: Fix, python: Python): string | null {
  const [were, are] = [inOrder(before, python), inOrder(after, python)];
  const [had, has] = [givers(were), givers(are)];
  const [met, meets] = [lastToTeach(were), lastToTeach(are)];
  const missing = (given: ReturnType<typeof givers>) =>
    new Set(
      [...given].flatMap(([{ cell }, needs]) =>
        [...needs]
          .filter(([name, giver]) => giver === null && !isBuiltin(name))
          .map(([name]) => `${cell}:${name}`),
      ),
    );
  const missed = missing(had);
  const lost = [...missing(has)].find((name) => !missed.has(name));
  if (lost !== undefined)
    return `\`${lost.slice(lost.lastIndexOf(":") + 1)}\` would be used before it is there`;
  const same = matched(were, are, before.notebook, fix);
  for (const [old, now] of same) {
    if (isExpected(old, fix)) continue;
    for (const [name, giver] of met.get(old) ?? []) {
      const next = meets.get(now)?.get(name) ?? null;
      const isKept = giver === null ? next === null : same.get(giver) === next;
      // What the fix itself writes under a name is what it means to give.
      const isWritten = next !== null && ![...same.values()].includes(next);
      if (!isKept && !isWritten) return `\`${name}\` would mean something else where it is used again`;
    }
  }
  return movedAway({ had, has, same });
}

/** What a fix has learn elsewhere must be there what it was where it learned: a sampler that another replaces in between is not. */
function movedAway({
  had,
  has,
  same,
}: {
  readonly had: ReturnType<typeof givers>;
  readonly has: ReturnType<typeof givers>;
  readonly same: ReadonlyMap<FlowStatement, FlowStatement>;
}): string | null {
  const kept = new Set(same.values());
  const meant = new Map<string, Set<FlowStatement | null>>();
  for (const [old, needs] of had) {
    if (same.has(old)) continue;
    for (const [name, giver] of needs)
      if (old.teaches.has(name))
        meant.set(name, (meant.get(name) ?? new Set()).add(giver && (same.get(giver) ?? giver)));
  }
  for (const [now, needs] of has) {
    if (kept.has(now)) continue;
    for (const [name, giver] of needs)
      if (giver && kept.has(giver) && now.teaches.has(name) && meant.get(name)?.has(giver) === false)
        return `\`${name}\` would mean something else where it is written`;
  }
  return null;
}

/** Many fixes are tried on one notebook: what it says is read once. */
const known = new WeakMap<Notebook, { readonly order: readonly string[]; readonly flow: FlowStatement[] }>();

function inOrder({ notebook, order }: Looked, python: Python): FlowStatement[] {
  const read = known.get(notebook);
  if (read !== undefined && read.order.join() === order.join()) return read.flow;
  const flow = flowOf(
    order.flatMap((id) => cellOf(notebook, id) ?? []),
    python,
  );
  known.set(notebook, { order, flow });
  return flow;
}

/** The statements that a fix leaves as they are, and what they are afterwards. */
function matched(
  were: readonly FlowStatement[],
  are: readonly FlowStatement[],
  notebook: Notebook,
  fix: Fix,
): ReadonlyMap<FlowStatement, FlowStatement> {
  const spans = fix.edits.map(({ cellId, range }) => {
    const source = cellOf(notebook, cellId)?.source ?? "";
    return { cellId, from: offsetAt(source, range.start), to: offsetAt(source, range.end) };
  });
  const isTouched = ({ cell, from, to }: FlowStatement): boolean =>
    spans.some((span) => span.cellId === cell && span.from < to && span.to > from);
  const pairs = new Map<FlowStatement, FlowStatement>();
  const left = [...are];
  for (const statement of were) {
    if (isTouched(statement)) continue;
    const at = left.findIndex(({ cell, text }) => cell === statement.cell && text === statement.text);
    const [found] = at < 0 ? [] : left.splice(0, at + 1).slice(-1);
    if (found) pairs.set(statement, found);
  }
  return pairs;
}

function isExpected({ cell, from, to }: FlowStatement, { meets = [] }: Fix): boolean {
  return (
    meets === "everywhere" ||
    meets.some((place) => place.cell === cell && place.from >= from && place.to <= to)
  );
}
