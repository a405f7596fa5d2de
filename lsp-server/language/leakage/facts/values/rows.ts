/**
 * Which rows of which tables a value holds: the tables it came from, and the limits put on them since.
 *
 * Two values of one table are disjoint only when a limit of one contradicts a limit of the other; no limit means all rows.
 */
export interface Rows {
  /** Sorted ids of the tables the rows were first read from. */
  readonly tables: readonly string[];
  /** Sorted by `key`. Of rows in several parts, those that all of them share. */
  readonly limits: readonly Limit[];
  /** Where rows behind different cuts were put together: what each part is. Null for rows in one piece. */
  readonly parts: readonly Rows[] | null;
  /** What put them into the order they stand in; empty for that in which they were read. Positions of two orders are different ones. */
  readonly order: string;
  /** Equal for equal rows, in whatever order. */
  readonly key: string;
}

/** One cut: which cut it is, and which side of it these rows are on. */
export interface Limit {
  readonly cut: string;
  /** `low` and `high` lie on either side of `bound`; any other two different sides of one cut are disjoint. */
  readonly side: string;
  readonly bound: string;
}

/** All rows of some tables. */
export function allOf(...tables: readonly string[]): Rows {
  return rowsOf(tables, []);
}

/** Rows of whatever frame an expression will meet. */
export const expressionRows: Rows = allOf("expression");

/** The same rows behind one more cut. */
export function limited(rows: Rows, limit: Limit): Rows {
  return limitedBy(rows, [limit]);
}

/** The same rows behind more cuts; behind more than anybody follows, rows of a table of their own. */
export function limitedBy(rows: Rows, limits: readonly Limit[]): Rows {
  if (rows.parts) return inParts(rows.parts.map((part) => limitedBy(part, limits)));
  const added = limits.filter((limit) => !rows.limits.some((has) => sameLimit(has, limit)));
  if (added.length === 0) return rows;
  const all = rowsOf(rows.tables, [...rows.limits, ...added], rows.order);
  return all.limits.length > 30 ? allOf(`part:${brief(all.key)}`) : all;
}

/** The same rows without one of their cuts. */
export function unlimited(rows: Rows, limit: Limit): Rows {
  return rowsOf(
    rows.tables,
    rows.limits.filter((each) => !sameLimit(each, limit)),
    rows.order,
  );
}

/** The same rows in another order: by whatever is called the same, in the same one. */
export function reordered(rows: Rows, order: string): Rows {
  return { ...rows, order, parts: rows.parts?.map((part) => reordered(part, order)) ?? null };
}

/** The same rows, the last one first; turned around twice, as they were. */
export function backwards(rows: Rows): Rows {
  return reordered(
    rows,
    rows.order.startsWith(turned) ? rows.order.slice(turned.length) : turned + rows.order,
  );
}

const turned = "turned around ";

/** A text that names something, as it is or, when it is long, by its beginning and its hash: names of names stay short. */
export function brief(text: string): string {
  if (text.length <= 240) return text;
  let hash = 0;
  for (let at = 0; at < text.length; at++) hash = (Math.imul(hash, 31) + text.charCodeAt(at)) | 0;
  return `${text.slice(0, 80)}…${text.length}#${hash >>> 0}`;
}

/** The cut that slices of these rows make: positions count inside what is sliced. */
export function positionCut(rows: Rows): string {
  const among = rows.limits.length === 0 ? "position" : `position in ${brief(rows.key)}`;
  return rows.order === "" ? among : `${among} by ${brief(rows.order)}`;
}

/** The cuts that make `part` of `whole`; none when it is no part of it, and one more for several together. */
export function limitsInside(part: Rows | null, whole: Rows): readonly Limit[] {
  return part && within(part, whole) ? ownLimits(part, whole) : [];
}

/**
 * The cuts that make those rows of `whole` that are labelled as some of `part` are, which may lie beside it too. Where `whole` holds rows of
 * other tables, those that bear such a label are among them: they too are on one side of each cut.
 */
export function limitsAmong(part: Rows | null, whole: Rows): readonly Limit[] {
  if (!part || part.parts) return limitsInside(part, whole);
  const own = (whole.parts ?? [whole]).find(({ tables }) => part.tables.every((one) => tables.includes(one)));
  return own ? ownLimits(part, own) : [];
}

function ownLimits(part: Rows, whole: Rows): readonly Limit[] {
  const own = part.limits.filter((limit) => !whole.limits.some((has) => sameLimit(has, limit)));
  if (own.length < 2) return own;
  const cut = brief(`all:${own.map((limit) => `${limit.cut} ${limit.side} ${limit.bound}`).join("&")}`);
  return own.some((limit) => limit.cut.startsWith("all:")) ? own : [...own, { cut, side: "yes", bound: "" }];
}

/** Rows of either; only the limits both share remain. */
export function unionRows(a: Rows, b: Rows): Rows {
  if (a.key === b.key) return a;
  return inParts([...(a.parts ?? [a]), ...(b.parts ?? [b])]);
}

/** Rows of any part. Parts are told apart where some are behind cuts, as far as anybody follows. */
function inParts(all: readonly Rows[]): Rows {
  const parts = all.filter(
    (part, at) =>
      !all.some(
        (other, place) => place !== at && within(part, other) && (place < at || !within(other, part)),
      ),
  );
  const [first, ...others] = parts;
  if (first === undefined) return allOf("nothing");
  if (others.length === 0) return first;
  const limits = first.limits.filter((limit) =>
    others.every((other) => other.limits.some((has) => sameLimit(has, limit))),
  );
  const order = others.every((other) => other.order === first.order) ? first.order : "";
  const whole = rowsOf([...new Set(parts.flatMap((part) => part.tables))], limits, order);
  const isTold = parts.length <= mostParts && parts.some((part) => part.limits.length > limits.length);
  return isTold
    ? {
        ...whole,
        parts,
        key: `(${parts
          .map((part) => part.key)
          .sort()
          .join(" or ")})`,
      }
    : whole;
}

const mostParts = 8;

/** Whether the two may have a row in common. */
export function overlap(a: Rows, b: Rows): boolean {
  if (a.parts) return a.parts.some((part) => overlap(part, b));
  if (b.parts) return b.parts.some((part) => overlap(a, part));
  if (!a.tables.some((table) => b.tables.includes(table))) return false;
  return !a.limits.some((limit) => b.limits.some((other) => contradicts(limit, other)));
}

/** Whether every row of `a` is surely in `b`. */
export function within(a: Rows, b: Rows): boolean {
  if (a.parts) return a.parts.every((part) => within(part, b));
  if (b.parts) return b.parts.some((part) => within(a, part));
  return (
    a.tables.every((table) => b.tables.includes(table)) &&
    b.limits.every((limit) => a.limits.some((has) => sameLimit(has, limit)))
  );
}

/** Whether the two surely share rows although neither holds the other: `rows[:8000]` and `rows[7000:]`, or two draws. */
export function sharePart(a: Rows, b: Rows): boolean {
  if (a.parts || b.parts || a.tables.join() !== b.tables.join() || a.limits.length !== b.limits.length)
    return false;
  const own = a.limits.filter((limit) => !b.limits.some((has) => sameLimit(has, limit)));
  const others = b.limits.filter((limit) => !a.limits.some((has) => sameLimit(has, limit)));
  const [one, another] = [own[0], others[0]];
  if (own.length !== 1 || others.length !== 1 || !one || !another) return false;
  if (isDrawn(one) && isDrawn(another)) return true;
  if (one.cut !== another.cut) return false;
  const low = one.side === "low" ? one : another;
  const high = one.side === "high" ? one : another;
  const [until, from] = [Number(low.bound), Number(high.bound)];
  return low.side === "low" && high.side === "high" && from >= 0 && until > from;
}

/** Rows that chance drew from all: of two such draws of one table, some are the same but for great luck. */
function isDrawn({ cut, side }: Limit): boolean {
  return cut.startsWith("sample:") && side === "yes";
}

/** Whether the rows are of tables that the notebook itself put together: of what models have learned, of results. */
export function isMadeHere({ tables }: Rows): boolean {
  return tables.every((table) => table.startsWith("frame:"));
}

function rowsOf(tables: readonly string[], limits: readonly Limit[], order = ""): Rows {
  const sortedTables = tables.length < 2 ? tables : [...tables].sort();
  const sortedLimits = limits.length < 2 ? limits : [...limits].sort((a, b) => compare(text(a), text(b)));
  return {
    tables: sortedTables,
    limits: sortedLimits,
    parts: null,
    order,
    key: `${sortedTables.join("+")}${sortedLimits.map((limit) => `|${text(limit)}`).join("")}`,
  };
}

function contradicts(a: Limit, b: Limit): boolean {
  if (a.cut !== b.cut || a.side === b.side) return false;
  if (a.side !== "low" && a.side !== "high") return true;
  if (a.bound === b.bound) return true;
  const low = a.side === "low" ? a.bound : b.bound;
  const high = a.side === "low" ? b.bound : a.bound;
  const numbers = [Number(low), Number(high)] as const;
  if (numbers.some(Number.isNaN)) {
    // `[:n]` and `[m:]` of one table are written to cut it in two, whatever n and m are.
    return a.cut.startsWith("position") || (isDateText(low) && isDateText(high) && low <= high);
  }
  return numbers[0] <= numbers[1];
}

function isDateText(bound: string): boolean {
  return /^\d{4}-\d\d/.test(bound);
}

/** Whether both are the same side of the same cut. */
export function sameLimit(a: Limit, b: Limit): boolean {
  return a.cut === b.cut && a.side === b.side && a.bound === b.bound;
}

function text(limit: Limit): string {
  return `${limit.cut}\u0001${limit.side}\u0001${limit.bound}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
