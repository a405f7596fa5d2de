import { type Python, parseCell } from "../../notebook/python.ts";
import { type CellEffects, cellEffects } from "../../slice/cell-effects.ts";
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
  const { root, tree } = parseCell(python, source);
  const statements = root.namedChildren.flatMap((node): Written[] => {
    if (node === null || node.type === "comment") return [];
    const text = source.slice(node.startIndex, node.endIndex);
    const { needs, binds } = cellNames(node, text);
    const effects = cellEffects(node, text);
    return [{ from: node.startIndex, to: node.endIndex, text, needs, binds, effects }];
  });
  tree.delete();
  const [oldest] = read.keys();
  if (read.size >= mostRead && oldest !== undefined) read.delete(oldest);
  read.set(source, statements);
  return statements;
}

/** For each statement and name it needs: the last statement before that gives it; null where none does. */
export function givers(
  flow: readonly FlowStatement[],
): ReadonlyMap<FlowStatement, ReadonlyMap<string, FlowStatement | null>> {
  const last = new Map<string, FlowStatement>();
  let any: FlowStatement | null = null;
  const all = new Map<FlowStatement, ReadonlyMap<string, FlowStatement | null>>();
  for (const statement of flow) {
    all.set(statement, new Map([...statement.needs].map((name) => [name, last.get(name) ?? any])));
    for (const name of statement.binds) {
      if (name === "*") any = statement;
      else last.set(name, statement);
    }
  }
  return all;
}
