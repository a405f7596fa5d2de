import { offsetAt, type Position } from "../../notebook/notebook.ts";
import { type Node, type Python, parseCell } from "../../notebook/python.ts";
import { type CellEffects, cellEffects, isTooDeep } from "../../slice/cell-effects.ts";
import { cellNames } from "../../slice/cell-names.ts";

/** A statement of a cell's outermost level: what it needs of the names before it, and what it gives. */
export interface FlowStatement {
  readonly cell: string;
  /** Offsets into the cell's source. */
  readonly from: number;
  readonly to: number;
  readonly text: string;
  readonly needs: ReadonlySet<string>;
  /** `*` is any name. */
  readonly binds: ReadonlySet<string>;
  /** What it may change beside the names that it gives. */
  readonly effects: CellEffects;
  /** What it tells to learn: the `scaler` of `scaler.fit(rows)`. */
  readonly teaches: ReadonlySet<string>;
}

/** The outermost statements of cells, in the order given. */
export function flowOf(
  cells: readonly { readonly id: string; readonly source: string }[],
  python: Python,
): FlowStatement[] {
  // A cell that runs twice is twice in the order, and its statements are told apart.
  return cells.flatMap(({ id, source }) =>
    statementsOf(source, python).map((statement) => ({ cell: id, ...statement })),
  );
}

type Written = Omit<FlowStatement, "cell">;

/** Fixes are tried on copies of which most cells are alike: what a text says is read once, as long as it is not long ago. */
const read = new Map<string, readonly Written[]>();
const mostRead = 400;

function statementsOf(source: string, python: Python): readonly Written[] {
  const known = read.get(source);
  if (known) return known;
  const { root, tree, gaps } = parseCell(python, source);
  const said = root.namedChildren.flatMap((node): Written[] => {
    if (node === null || node.type === "comment") return [];
    const text = source.slice(node.startIndex, node.endIndex);
    const { needs, binds } = cellNames(node, text);
    const effects = cellEffects(node, text);
    const teaches = new Set(isTooDeep(node, text) ? [] : learnersIn(node));
    return [{ from: node.startIndex, to: node.endIndex, text, needs, binds, effects, teaches }];
  });
  tree.delete();
  const unread = gaps.flatMap(({ code, range }) =>
    code === "coverage/runs-elsewhere" && range ? [runElsewhere(source, range.start)] : [],
  );
  const statements = [...said, ...unread].sort((a, b) => a.from - b.from);
  const [oldest] = read.keys();
  if (read.size >= mostRead && oldest !== undefined) read.delete(oldest);
  read.set(source, statements);
  return statements;
}

/** `%run clean.py`: a statement that may read and give any name. */
function runElsewhere(source: string, start: Position): Written {
  const from = offsetAt(source, start);
  const end = source.indexOf("\n", from);
  const text = source.slice(from, end < 0 ? undefined : end);
  const any = new Set(["*"]);
  const effects = { reads: any, affects: any, aliases: [], functions: new Map(), calls: new Set<string>() };
  return { from, to: from + text.length, text, needs: new Set(), binds: any, effects, teaches: new Set() };
}

function learnersIn(node: Node): string[] {
  const callee = node.type === "call" ? node.childForFieldName("function") : null;
  const method = callee?.type === "attribute" ? callee.childForFieldName("attribute")?.text : undefined;
  const owner =
    method !== undefined && /^(partial_)?fit/.test(method) ? callee?.childForFieldName("object") : null;
  const own = owner?.type === "identifier" ? [owner.text] : [];
  return [...own, ...node.namedChildren.flatMap((child) => (child === null ? [] : learnersIn(child)))];
}

/** For each statement and name it needs: the last statement before that gives it; null where none does. */
export function givers(flow: readonly FlowStatement[]): Givers {
  return lastBefore(flow, ({ binds }) => binds);
}

/** The same, or that had what the name stands for learn. */
export function lastToTeach(flow: readonly FlowStatement[]): Givers {
  return lastBefore(flow, ({ binds, teaches }) => new Set([...binds, ...teaches]));
}

type Givers = ReadonlyMap<FlowStatement, ReadonlyMap<string, FlowStatement | null>>;

function lastBefore(
  flow: readonly FlowStatement[],
  touched: (statement: FlowStatement) => ReadonlySet<string>,
): Givers {
  const last = new Map<string, FlowStatement>();
  let any: FlowStatement | null = null;
  const all = new Map<FlowStatement, ReadonlyMap<string, FlowStatement | null>>();
  for (const statement of flow) {
    all.set(statement, new Map([...statement.needs].map((name) => [name, last.get(name) ?? any])));
    for (const name of touched(statement)) {
      if (name === "*") any = statement;
      else last.set(name, statement);
    }
  }
  return all;
}
