import type { Expression } from "../../../ir.ts";
import { constantArgument } from "../../calls/arguments.ts";
import { rowsOfValue } from "../../values/data-of.ts";
import { derived } from "../../values/derive.ts";
import { noFrame } from "../../values/frame-facts.ts";
import { asData } from "../../values/kinds.ts";
import { markOf } from "../../values/learn.ts";
import type { Reference } from "../../values/reference.ts";
import { type Rows, reordered, unionRows, unlimited, within } from "../../values/rows.ts";
import { noTraits, type Traits, unionTraits } from "../../values/traits.ts";
import type { Value } from "../../values/value.ts";
import { withMark } from "../../values/value-traits.ts";
import type { FunctionCall } from "../effect.ts";

/** Tables one behind the other; with `axis=1` side by side. */
export function concat(of: FunctionCall): Reference {
  const axis = constantArgument(of.args, of.name.startsWith("concat") ? 1 : -1, "axis");
  return concatenated(of, axis === 1 || axis === "columns");
}

/** Tables side by side. */
export function concatColumns(of: FunctionCall): Reference {
  return concatenated(of, true);
}

function concatenated({ program, name, args, call }: FunctionCall, isSideBySide: boolean): Reference {
  const { store } = program;
  const parts = args
    .filter((arg) => arg.name === null || arg.name === "objs")
    .flatMap((arg) => (arg.value.items ? arg.value.items.map(store.read) : [arg.value]));
  const value = derived(program, parts);
  const columns = new Map<string, Traits>();
  for (const part of parts) {
    for (const [name, traits] of part.columns ?? []) {
      const before = columns.get(name);
      columns.set(name, before ? unionTraits(before, traits) : traits);
    }
    if (part.column !== null && isSideBySide) columns.set(part.column, part.rest);
  }
  let rows: Value["rows"] = null;
  let before: Rows | null = null;
  let isMoved = false;
  if (isSideBySide) rows = value.rows;
  else {
    for (const part of parts) {
      const own = rowsOfValue(part, store.read);
      const isOfOne = own?.tables.some((table) => rows?.tables.includes(table)) ?? false;
      isMoved ||= isOfOne && !(own && before && goesOn(before, own));
      before = own;
      rows = own && rows ? unionRows(rows, own) : (own ?? rows);
    }
    // Parts of one table, one behind the other, stand where nobody knows.
    if (rows && isMoved) rows = reordered(rows, `stacked ${call.at.cell}:${call.at.from}`);
  }
  const isClosed =
    parts.length > 0 && parts.every((part) => part.isClosed || (isSideBySide && part.column !== null));
  const rest = parts.reduce<Traits>(
    (all, part) => (part.isClosed ? all : unionTraits(all, part.rest)),
    noTraits,
  );
  const stacked = parts.flatMap((part) => rowsOfValue(part, store.read) ?? []);
  const joined: Value = {
    ...asData(value),
    frame:
      isSideBySide || stacked.length !== parts.length
        ? value.frame
        : { ...(value.frame ?? noFrame), stacked },
    rows,
    rest,
    columns: columns.size > 0 ? columns : null,
    isClosed,
    gone: parts.every(({ gone }) => gone !== null)
      ? new Set(parts.flatMap(({ gone }) => [...(gone ?? [])]))
      : null,
  };
  const moved = isSideBySide ? null : movedBy(parts);
  if (moved)
    return store.allocate(withMark({ ...joined, rows: moved.rows }, markOf(moved.kind, name, call.at, rows)));
  const isCopying =
    !isSideBySide && args.some(({ expression }) => isWrittenOut(expression)) && hasCopies(parts);
  return store.allocate(isCopying ? withMark(joined, markOf("resample", name, call.at, rows)) : joined);
}

/** Rows without their first ones, and fill behind them: each stands where an earlier one stood. Without their last ones, with fill above: where a later one did. */
function movedBy(parts: readonly Value[]): { readonly kind: "ahead" | "lag"; readonly rows: Rows } | null {
  const own = parts.filter(({ rows, columns }) => rows !== null && columns === null);
  const [part] = own;
  const limit = part?.rows?.limits.find(({ cut }) => /^position($| by )/.test(cut));
  if (own.length !== 1 || parts.length !== 2 || !part?.rows || !limit) return null;
  const kind = part === parts[0] && limit.side === "high" && Number(limit.bound) > 0 ? "ahead" : null;
  const isBehind = part === parts[1] && limit.side === "low" && Number(limit.bound) < 0;
  const rows = unlimited(part.rows, limit);
  return kind !== null ? { kind, rows } : isBehind ? { kind: "lag", rows } : null;
}

/** Whether the parts stand there one by one: those that a loop gathered are windows more often than copies. */
function isWrittenOut({ op }: Expression): boolean {
  return op === "list" || op === "tuple";
}

/** Whether one part surely holds another's rows. */
function hasCopies(parts: readonly Value[]): boolean {
  return parts.some(
    ({ rows: own }, at) =>
      own !== null && parts.some(({ rows }, place) => place !== at && rows !== null && within(rows, own)),
  );
}

/** Whether rows begin where others of the same table, in the same order, end: `df[:800]` and `df[800:]`. */
function goesOn(first: Rows, then: Rows): boolean {
  return (
    first.order === then.order &&
    first.limits.some(
      ({ cut, side, bound }) =>
        side === "low" &&
        then.limits.some((limit) => limit.cut === cut && limit.side === "high" && limit.bound === bound),
    )
  );
}
