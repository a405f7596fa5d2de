import { type Python, parseCell } from "../../notebook/python.ts";
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
}

/** The outermost statements of cells, in the order given. */
export function flowOf(
  cells: readonly { readonly id: string; readonly source: string }[],
  python: Python,
): FlowStatement[] {
  return cells.flatMap(({ id, source }) => {
    const { root, tree } = parseCell(python, source);
    const statements = root.namedChildren.flatMap((node): FlowStatement[] => {
      if (node === null || node.type === "comment") return [];
      const text = source.slice(node.startIndex, node.endIndex);
      const { needs, binds } = cellNames(node, text);
      return [{ cell: id, from: node.startIndex, to: node.endIndex, text, needs, binds }];
    });
    tree.delete();
    return statements;
  });
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
