import type { Expression } from "../../ir.ts";
import type { Program } from "../program.ts";
import { noFrame } from "../values/frame-facts.ts";
import { constantOf } from "../values/kinds.ts";
import type { Mark } from "../values/mark.ts";
import type { Reference } from "../values/reference.ts";
import { brief, type Limit, sameLimit } from "../values/rows.ts";
import { isTimeColumn } from "../values/time-order.ts";
import type { Value } from "../values/value.ts";
import { allTraits } from "../values/value-traits.ts";

/** The cut a comparison of a column with something makes: `df.date < cutoff` is the low side of that column's cut. */
export function comparisonLimits(
  program: Program,
  comparison: Extract<Expression, { op: "binary" }>,
  left: Value,
  leftReference: Reference,
  right: Value,
  rightReference: Reference,
): readonly Limit[] {
  const isFlipped = left.rows === null || left.kind === "scalar";
  const subject = isFlipped ? right : left;
  const operator = isFlipped ? (mirrored[comparison.operator] ?? comparison.operator) : comparison.operator;
  const boundExpression = isFlipped ? comparison.left : comparison.right;
  const subjectReference = isFlipped ? rightReference : leftReference;
  const bound = boundOf(program, boundExpression);
  const name = subject.column ?? `#${subjectReference}`;
  switch (operator) {
    case "<":
    case "<=":
      return [{ cut: `by:${name}`, side: "low", bound }];
    case ">":
    case ">=":
      return [{ cut: `by:${name}`, side: "high", bound }];
    case "==":
      return [
        { cut: `of:${name}`, side: `=${bound}`, bound: "" },
        { cut: `is:${name}=${bound}`, side: "yes", bound: "" },
      ];
    case "!=":
      return [{ cut: `is:${name}=${bound}`, side: "no", bound: "" }];
    default:
      return [];
  }
}

/**
 * The statistics that a comparison holds rows against: those of its bound, and what each row's value was made of; not what a column went
 * through. A time that is held against another cuts a window, and says nothing of what is usual.
 */
export function heldBounds(program: Program, ...sides: readonly Value[]): readonly Mark[] {
  if (sides.some(isTime)) return [];
  return sides.flatMap((side) => {
    const { marks, columns } = allTraits(side, program.store.read);
    if (side.rows !== null && side.owner !== null && side.column !== null && columns.has(side.column))
      return [];
    return [...marks.values()].filter(({ kind, isFilling }) => kind === "statistic" && !isFilling);
  });
}

/** The same of a comparison that is written out: the first or the last there is bounds nothing, and is told from the rest. */
export function boundsCompared(
  program: Program,
  { operator, left, right }: Pick<Extract<Expression, { op: "binary" }>, "operator" | "left" | "right">,
  ...sides: readonly Value[]
): readonly Mark[] {
  const isLone = operator === "==" || operator === "!=" || [left, right].some(isExtreme);
  return heldBounds(program, ...sides).filter(({ label }) => !isLone || !extremes.has(label));
}

function isTime({ rows, column, frame, form }: Value): boolean {
  return rows !== null && (form === "moments" || (column !== null && isTimeColumn(frame ?? noFrame, column)));
}

function isExtreme(side: Expression): boolean {
  const { callee } = side.op === "call" ? side : { callee: null };
  return (callee?.op === "attribute" || callee?.op === "name") && extremes.has(callee.name);
}

const extremes: ReadonlySet<string> = new Set(["amax", "amin", "max", "min", "nanmax", "nanmin"]);

/** The other side of a mask's cuts: of several at once, whatever fails one of them. */
export function flipLimits(limits: readonly Limit[]): readonly Limit[] {
  const decisive = limits.filter((limit) => !limit.cut.startsWith("of:"));
  const joint = decisive.findLast((limit) => limit.cut.startsWith("all:"));
  const only = joint ?? (decisive.length === 1 ? decisive[0] : undefined);
  if (!only) return [];
  const side = { low: "high", high: "low", yes: "no", no: "yes" }[only.side];
  return side ? [{ ...only, side }] : [];
}

/** The cuts of `a & b`: both, and the one they make together, so that `~(a & b)` is its other side. */
export function bothLimits(a: readonly Limit[], b: readonly Limit[]): readonly Limit[] {
  const both = [...a, ...b.filter((limit) => !a.some((has) => sameLimit(has, limit)))];
  if (both.length === 0) return [];
  // Nothing is known of one half, so the two have no other side that is known.
  if (a.length === 0 || b.length === 0 || both.length > 30)
    return [...both.slice(0, 30), { cut: "all:?", side: "unknown", bound: "" }];
  const parts = both.filter(
    ({ cut, side }) => !cut.startsWith("of:") && !(cut.startsWith("all:") && side === "yes"),
  );
  const texts = parts.map((limit) => `${limit.cut} ${limit.side} ${limit.bound}`).sort();
  return [...both, { cut: `all:${texts.join("&")}`, side: "yes", bound: "" }];
}

/** The cuts of `a | b`: what is not outside both. */
export function eitherLimits(a: readonly Limit[], b: readonly Limit[]): readonly Limit[] {
  const [outsideA, outsideB] = [flipLimits(a), flipLimits(b)];
  if (outsideA.length === 0 || outsideB.length === 0) return [];
  return flipLimits(bothLimits(outsideA, outsideB));
}

/** A bound as text: equal for expressions that surely mean the same. */
export function boundOf(program: Program, expression: Expression): string {
  switch (expression.op) {
    case "constant":
      return String(expression.value);
    case "name":
      return boundOfName(program, expression.name);
    case "unary":
      return `${expression.operator}${boundOf(program, expression.of)}`;
    case "attribute":
      return `${boundOf(program, expression.of)}.${expression.name}`;
    case "index":
      return `${boundOf(program, expression.of)}[${boundOf(program, expression.index)}]`;
    case "binary":
      return `(${boundOf(program, expression.left)}${expression.operator}${boundOf(program, expression.right)})`;
    case "call": {
      const inside = expression.args.map((arg) => boundOf(program, arg.value)).join(",");
      const callee = expression.callee;
      if (callee.op === "attribute" && /Timestamp|to_datetime|datetime|date/.test(callee.name)) return inside;
      const name = callee.op === "name" ? callee.name : boundOf(program, callee);
      return `${name}(${inside})`;
    }
    default:
      return brief(program.textOf(expression.at));
  }
}

/** A name as a bound: what it holds, where that is known. */
export function boundOfName({ store }: Program, name: string): string {
  const reference = store.lookup(name);
  const constant = reference === undefined ? undefined : constantOf(store.read(reference));
  return constant === undefined || constant === null ? `${name}@${reference}` : String(constant);
}

const mirrored: Readonly<Record<string, string>> = { "<": ">", "<=": ">=", ">": "<", ">=": "<=" };
