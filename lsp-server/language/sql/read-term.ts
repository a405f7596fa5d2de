import { endOfCall, isHole, type Prepared } from "./prepare.ts";
import type { Bound, Call, Column, Condition, Ordering, Query, Span, Term, Window } from "./query.ts";
import { field, kindOf, list, nameOf, outermost, spanIn, type Tree } from "./tree.ts";

/** A text being read. */
export interface Text extends Prepared {
  readonly source: string;
  readonly offset: (line: number, column: number) => number;
}

/** What reading needs of the select around an expression. */
export interface Around {
  readonly text: Text;
  /** Its named windows. */
  readonly windows: ReadonlyMap<string, Tree>;
  readonly readQuery: (tree: Tree) => Query;
}

/** An expression as what it is computed from. */
export function readTerm(tree: Tree, around: Around): Term {
  const { text } = around;
  const found = outermost({ "": tree }, (key) => leaves.has(key));
  const calls: Call[] = [];
  const columns: Column[] = [];
  const queries: Query[] = [];
  const spans: Span[] = [];
  const own = spanIn(tree, text.offset);
  if (own) spans.push(own);
  for (const [kind, content] of found) {
    if (kind === "Function") {
      const call = readCall(content, around);
      spans.push(call.at);
      calls.push(call, ...call.args.flatMap((arg) => arg.calls));
      const { partition = [], order = [] } = call.window ?? {};
      const inside = [...call.args, ...partition, ...order.map(({ term }) => term)];
      columns.push(...inside.flatMap((arg) => arg.columns));
      queries.push(...inside.flatMap((arg) => arg.queries));
      for (const part of [field(content, "filter"), field(content, "within_group")]) {
        const beside = part === undefined ? null : readTerm(part, around);
        columns.push(...(beside?.columns ?? []));
        calls.push(...(beside?.calls ?? []));
      }
    } else if (kind === "Query" || kind === "subquery" || kind === "Subquery")
      queries.push(around.readQuery(content));
    else {
      const column = columnOf(kind, content, text);
      if (column !== null && !isHole(column.name)) columns.push(column);
    }
  }
  const at = spans.length === 0 ? { from: 0, to: 0 } : hull(spans);
  const [kind, content] = kindOf(tree);
  const isColumn = kind === "Identifier" || kind === "CompoundIdentifier";
  return {
    at,
    column: isColumn ? columnOf(kind, content, text) : null,
    constant: constantOf(tree),
    columns,
    calls,
    queries,
  };
}

/** What stands in an expression on its own. */
const leaves = new Set(["Function", "Identifier", "CompoundIdentifier", "Query", "Subquery", "subquery"]);

function columnOf(kind: string, content: Tree, { offset }: Text): Column | null {
  const at = spanIn({ content }, offset);
  const names = kind === "Identifier" ? [content] : list(content);
  const last = names.at(-1);
  if (at === null || last === undefined) return null;
  return { at, table: names.length > 1 ? nameOf(names.at(-2)) : null, name: nameOf(last) };
}

function readCall(content: Tree, around: Around): Call {
  const { text } = around;
  const name = list(field(content, "name"));
  const start = spanIn(name, text.offset);
  const last = spanIn(content, text.offset);
  const from = start?.from ?? 0;
  const at = { from, to: Math.max(endOfCall(text.text, start?.to ?? 0), last?.to ?? 0) };
  const args = list(field(content, "args", "List", "args")).map((arg) => {
    const [kind, value] = kindOf(arg);
    const given = kind === "Named" ? field(value, "arg") : value;
    return readTerm(field(given, "Expr") ?? given, around);
  });
  const within = list(field(content, "within_group")).map((one) => readTerm(field(one, "expr"), around));
  const over = field(content, "over");
  return {
    at,
    name: nameOf(name.at(-1)).toLowerCase(),
    args: [...args, ...within],
    window: over === undefined ? null : readWindow(over, at, around),
    frameAt: frameAt(text.text, at),
  };
}

function readWindow(over: Tree, at: Span, around: Around, depth = 0): Window {
  const [kind, content] = kindOf(over);
  const named = kind === "NamedWindow" ? nameOf(content) : nameOf(field(content, "window_name"));
  const written = around.windows.get(named.toLowerCase());
  const base = written !== undefined && depth < 5 ? readWindow(written, at, around, depth + 1) : null;
  if (kind !== "WindowSpec") return base ?? { partition: [], order: [], frame: null, isWithoutRow: false };
  const partition = list(field(content, "partition_by")).map((one) => readTerm(one, around));
  const order = list(field(content, "order_by")).map((one) => readOrdering(one, around));
  const frame = field(content, "window_frame");
  return {
    partition: partition.length > 0 ? partition : (base?.partition ?? []),
    order: order.length > 0 ? order : (base?.order ?? []),
    frame:
      frame === undefined || frame === null
        ? (base?.frame ?? null)
        : {
            start: boundOf(field(frame, "start_bound")),
            end: boundOf(field(frame, "end_bound") ?? "CurrentRow"),
          },
    isWithoutRow: around.text.withoutRow.some((place) => place >= at.from && place < at.to),
  };
}

/** `expression DESC`. */
export function readOrdering(tree: Tree, around: Around): Ordering {
  return {
    term: readTerm(field(tree, "expr"), around),
    isDescending: field(tree, "options", "asc") === false,
  };
}

function boundOf(tree: Tree): Bound {
  const [kind, content] = kindOf(tree);
  const side = kind === "Following" ? "following" : kind === "Preceding" ? "preceding" : "current";
  const written = field(content, "Interval", "value") ?? content;
  const constant = constantOf(written);
  const amount = constant === null ? Number.NaN : Number.parseFloat(constant);
  return { side, amount: Number.isNaN(amount) ? null : amount };
}

/** Where the frame of a window stands, its words included; null where none does. */
function frameAt(text: string, { from, to }: Span): Span | null {
  const found =
    /\b(?:rows|range|groups)\s+(?:between\b[\s\S]*\b(?:row|preceding|following)|[\s\S]*?\b(?:row|preceding))\b/i.exec(
      text.slice(from, to),
    );
  return found ? { from: from + found.index, to: from + found.index + found[0].length } : null;
}

/** A number, a text or a moment that is written out; null for anything else. */
function constantOf(tree: Tree): string | null {
  const [kind, content] = kindOf(tree);
  if (kind === "Value") {
    const [, value] = kindOf(field(content, "value"));
    const text = Array.isArray(value) ? value[0] : value;
    return typeof text === "string" ? text : null;
  }
  if (kind === "TypedString") return constantOf({ Value: field(content, "value") });
  if (kind === "Cast") return constantOf(field(content, "expr"));
  if (kind === "Nested") return constantOf(content);
  if (kind === "UnaryOp" && field(content, "op") === "Minus") {
    const of = constantOf(field(content, "expr"));
    return of === null ? null : `-${of}`;
  }
  if (
    kind === "Function" &&
    /^(date|timestamp|datetime|to_date|to_timestamp)$/i.test(nameOf(list(field(content, "name")).at(-1)))
  ) {
    const args = list(field(content, "args", "List", "args"));
    return args.length === 1 ? constantOf(field(args[0], "Unnamed", "Expr")) : null;
  }
  if (kind === "Identifier" && isHole(nameOf(content))) return null;
  return null;
}

/** The tests that all must pass. */
export function readConditions(tree: Tree, around: Around): Condition[] {
  const [kind, content] = kindOf(tree);
  if (kind === "") return [];
  if (kind === "Nested") return readConditions(content, around);
  const at = spanIn(tree, around.text.offset) ?? { from: 0, to: 0 };
  if (kind === "BinaryOp") {
    const [left, right] = [field(content, "left"), field(content, "right")];
    const op = field(content, "op");
    if (op === "And") return [...readConditions(left, around), ...readConditions(right, around)];
    const operator = typeof op === "string" ? (operators[op] ?? null) : null;
    if (operator !== null)
      return [{ at, operator, left: readTerm(left, around), right: readTerm(right, around), hasValue: null }];
  }
  if (kind === "Between" && field(content, "negated") !== true) {
    const left = readTerm(field(content, "expr"), around);
    const low = readTerm(field(content, "low"), around);
    const high = readTerm(field(content, "high"), around);
    return [
      { at, operator: ">=", left, right: low, hasValue: null },
      { at, operator: "<=", left, right: high, hasValue: null },
    ];
  }
  if (kind === "IsNull" || kind === "IsNotNull") {
    const words = /^\s*is\s+(not\s+)?null\b/i.exec(around.text.source.slice(at.to))?.[0].length ?? 0;
    const asked = { at: { ...at, to: at.to + words }, left: readTerm(content, around) };
    return [{ ...asked, operator: null, right: null, hasValue: kind === "IsNotNull" }];
  }
  return [{ at, operator: null, left: readTerm(tree, around), right: null, hasValue: null }];
}

const operators: Readonly<Record<string, NonNullable<Condition["operator"]>>> = {
  Eq: "=",
  NotEq: "!=",
  Lt: "<",
  LtEq: "<=",
  Gt: ">",
  GtEq: ">=",
};

function hull(spans: readonly Span[]): Span {
  return {
    from: Math.min(...spans.map(({ from }) => from)),
    to: Math.max(...spans.map(({ to }) => to)),
  };
}
