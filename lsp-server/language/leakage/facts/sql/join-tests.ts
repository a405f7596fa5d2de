import type { Condition, Join, Query, Select, Term } from "../../../sql/query.ts";
import type { AsOf, JoinFact } from "../values/join-fact.ts";
import type { Value } from "../values/value.ts";
import type { Context } from "./context.ts";

/** The columns of both sides that must be equal: the left one, then the joined table's. */
export function keysOf({ relation, using }: Join, tests: readonly Condition[]) {
  const leftKeys = [...using];
  const rightKeys = [...using];
  for (const { operator, left, right } of tests) {
    if (operator !== "=" || right === null) continue;
    const [own, other] = isOf(right, relation.alias) ? [right, left] : [left, right];
    const [ownColumn] = own.columns;
    const [otherColumn] = other.columns;
    if (!isOf(own, relation.alias) || isOf(other, relation.alias) || !ownColumn || !otherColumn) continue;
    leftKeys.push(otherColumn.name);
    rightKeys.push(ownColumn.name);
  }
  return { leftKeys, rightKeys };
}

/** Whether a test keeps rows of the joined table that are not later than something of another. */
export function boundsEarlier({ operator, left, right }: Condition, alias: string | null): boolean {
  if (operator === null || right === null) return false;
  const isLow = operator === "<" || operator === "<=";
  const isHigh = operator === ">" || operator === ">=";
  if (isLow) return isOf(left, alias) && !isOf(right, alias) && right.columns.length > 0;
  return isHigh && isOf(right, alias) && !isOf(left, alias) && left.columns.length > 0;
}

/** How an as-of join looks: back from the row where its time is the greater one, as it is for the last column of USING. */
export function asOfOf({ relation, using, on }: Join): AsOf | null {
  const tests = on.flatMap(({ operator, left, right }) => {
    const isOwnFirst = isOf(left, relation.alias);
    const [own, other] = isOwnFirst ? [left, right] : [right, left];
    const [ownColumn] = own?.columns ?? [];
    const [otherColumn] = other?.columns ?? [];
    const isOrder = operator !== null && /^[<>]/.test(operator) && own && isOf(own, relation.alias);
    if (!isOrder || !ownColumn || !otherColumn) return [];
    const isBackward = operator.startsWith("<") === isOwnFirst;
    return [{ leftTime: otherColumn.name, rightTime: ownColumn.name, isBackward }];
  });
  const [first, second] = tests;
  const last = using.at(-1);
  if (!first)
    return last === undefined
      ? null
      : { leftTime: last, rightTime: last, direction: "backward", hasTolerance: false };
  const { leftTime, rightTime, isBackward } = first;
  return {
    leftTime,
    rightTime,
    direction: isBackward ? "backward" : "forward",
    hasTolerance: second !== undefined,
  };
}

/** A query beside each row tests in itself which rows it takes, by a moment of that row. */
export function isLateral({ relation }: Join): boolean {
  if (relation.query === null) return false;
  return selectsOf(relation.query).some(({ where, from, joins }) => {
    const own = new Set(
      [...from, ...joins.map((join) => join.relation)].map(({ alias }) => alias?.toLowerCase()),
    );
    const isOuter = (term: Term | null) =>
      term?.columns.some(({ table }) => table !== null && !own.has(table.toLowerCase())) ?? false;
    return where.some(({ operator, left, right }) => {
      const isOrder = operator !== null && /^[<>]/.test(operator);
      return isOrder && right !== null && isOuter(left) !== isOuter(right);
    });
  });
}

/** How the join stands there, where it is one of equal keys that DuckDB could look as of a moment with. */
export function inQuery(
  { at, relation, isAsOf, on, using, kind }: Join,
  before: ReadonlyMap<string, Value>,
  right: Value,
  { sql, isOfDuckDb }: Context,
): JoinFact["inQuery"] {
  const isOfKeys =
    on.length > 0 &&
    using.length === 0 &&
    on.every(({ operator, left, right }) => operator === "=" && left.column && right?.column);
  const words = /\b(?:(?:left|inner)\s+(?:outer\s+)?)?join\s+$/i.exec(sql.text.slice(0, relation.at.from));
  const rightTime = right.frame?.timeColumns[0]?.name;
  const [alias, left] = [...before].find(([, table]) => (table.frame?.timeColumns.length ?? 0) > 0) ?? [];
  const leftTime = left?.frame?.timeColumns[0]?.name;
  if (!isOfDuckDb || isAsOf || kind === "only" || !isOfKeys || words === null || relation.alias === null)
    return null;
  if (rightTime === undefined || leftTime === undefined) return null;
  return {
    from: sql.place({ from: words.index, to: words.index }),
    to: sql.place({ from: at.to, to: at.to }),
    leftTime: `${alias}.${leftTime}`,
    rightTime: `${relation.alias}.${rightTime}`,
  };
}

/** Whether an expression is computed from columns of one table alone, which it names. */
export function isOf({ columns }: Term, alias: string | null): boolean {
  return (
    columns.length > 0 &&
    columns.every(({ table }) => table !== null && table.toLowerCase() === alias?.toLowerCase())
  );
}

function selectsOf({ selects }: Query): Select[] {
  return selects.flatMap((part) => ("selects" in part ? selectsOf(part) : [part as Select]));
}
