import type { Expression, Statement } from "../../ir.ts";
import type { Arm, Program } from "../program.ts";
import { constantOf, unknown } from "../values/kinds.ts";
import type { Reference } from "../values/reference.ts";
import type { Constant, Value } from "../values/value.ts";

/** The arms of a branch that may run, each test before them evaluated that leaves more than one. */
export function openArms(
  program: Program,
  { tests, arms }: Extract<Statement, { op: "branch" }>,
): { readonly tests: readonly Value[]; readonly arms: readonly (readonly Statement[])[] } {
  const asked: Value[] = [];
  const open: (readonly Statement[])[] = [];
  for (const [at, arm] of arms.entries()) {
    const test = tests[at];
    // Of tests that all failed, what is left runs.
    const isHeld = test ? heldIn(program, test) : undefined;
    if (isHeld === false) {
      leaveOut(program, arm);
      continue;
    }
    reach(program, arm);
    if (test && isHeld === undefined) asked.push(program.store.read(program.evaluate(test)));
    open.push(arm);
    if (isHeld) {
      for (const other of arms.slice(at + 1)) leaveOut(program, other);
      break;
    }
  }
  return { tests: asked, arms: open };
}

/** The side of `a if test else b` that is answered; undefined where it may be either. */
export function chosenSide(
  program: Program,
  { test, chosen, otherwise }: Extract<Expression, { op: "choose" }>,
): Expression | undefined {
  const isHeld = heldIn(program, test);
  if (isHeld === undefined) {
    reach(program, chosen);
    reach(program, otherwise);
    return undefined;
  }
  reach(program, isHeld ? chosen : otherwise);
  leaveOut(program, isHeld ? otherwise : chosen);
  return isHeld ? chosen : otherwise;
}

/** The side of `a and b`, or of `a or b`, that is answered; undefined where it may be either. */
export function decidingSide(
  program: Program,
  { operator, left, right }: Extract<Expression, { op: "binary" }>,
): Expression | undefined {
  if (operator !== "and" && operator !== "or") return undefined;
  const isHeld = heldIn(program, left);
  if (isHeld !== undefined && isHeld !== (operator === "and")) {
    leaveOut(program, right);
    return left;
  }
  reach(program, right);
  return isHeld === undefined ? undefined : right;
}

/** What a loop gives anew in each turn is not the last of it. */
export function noteTurning(program: Program, reference: Reference): void {
  if (constantOf(program.store.read(reference)) !== undefined) program.turning.add(reference);
}

/**
 * Whether a condition in a function of the notebook's own holds in the call that runs now: by what the call, a default or the function
 * itself writes out, and by whether there is something at all. Undefined where any of that is not known; a flag of the notebook's is its
 * setting, which somebody may turn.
 */
function heldIn(program: Program, test: Expression): boolean | undefined {
  if (program.running === null || program.isOpen) return undefined;
  const held = decide(program, test);
  program.isDecided ||= held !== undefined;
  return held;
}

function decide(program: Program, test: Expression): boolean | undefined {
  if (test.op === "unary" && test.operator === "not") {
    const held = decide(program, test.of);
    return held === undefined ? undefined : !held;
  }
  if (test.op === "binary") {
    if (test.operator !== "and" && test.operator !== "or") return compared(program, test);
    const left = decide(program, test.left);
    // The left side alone decides that the right one is not asked.
    return left === (test.operator === "and") ? decide(program, test.right) : left;
  }
  const given = knownOf(program, test);
  return given === undefined || given === something ? undefined : Boolean(given);
}

function reach(program: Program, arm: Arm): void {
  const { running, reached } = program;
  if (running !== null && !reached.has(arm)) program.reached = new Set([...reached, arm]);
}

/** What a module has and the notebook does not reach is of no account here. */
function leaveOut(program: Program, arm: Arm): void {
  const { running, leftOut, reached } = program;
  const at = Array.isArray(arm) ? arm[0]?.at : (arm as Expression).at;
  if (running !== null && at && !at.module && !reached.has(arm) && !leftOut.has(arm))
    program.leftOut = new Map([...leftOut, [arm, running]]);
}

type Comparison = Extract<Expression, { op: "binary" }>;

/** What is there, whatever it is: no `None`. */
const something = Symbol("something");
type Known = Constant | typeof something;

function compared(program: Program, { operator, left, right, at }: Comparison): boolean | undefined {
  // `a < b < c`, which is read as `(a < b) < c`.
  if (left.op === "binary" && left.at === at) return undefined;
  const one = knownOf(program, left);
  if (one === undefined) return undefined;
  if (operator === "in" || operator === "not in") {
    const isAmong = isKey(program, one, right) ?? among(one, itemsOf(program, right));
    return isAmong === undefined ? undefined : isAmong === (operator === "in");
  }
  const other = knownOf(program, right);
  if (other === undefined) return undefined;
  const isIdentity = operator === "is" || operator === "is not";
  const isPositive = operator === "is" || operator === "==";
  if (one === something || other === something)
    return isIdentity && (one === null || other === null) ? !isPositive : undefined;
  const isSame = isIdentity ? isIdentical(one, other) : isEqual(one, other);
  // By more or less, a number says how much; which way is its setting.
  const isAsked = isIdentity || operator === "==" || operator === "!=";
  return isAsked && isSame !== undefined ? isSame === isPositive : undefined;
}

function among(one: Known, items: readonly Known[] | null): boolean | undefined {
  if (items === null || one === something) return undefined;
  if (items.some((item) => item !== something && item !== undefined && isEqual(one, item))) return true;
  return items.every((item) => typeof item !== "symbol" && item !== undefined) ? false : undefined;
}

/** Whether a dict has a text among its keys, where all that is done to the dict is known. */
function isKey(program: Program, one: Known, of: Expression): boolean | undefined {
  const dict = dictOf(program, of);
  if (dict === null || typeof one !== "string" || isLikeAnother.test(one)) return undefined;
  const entry = dict.get(one);
  if (entry !== undefined) return program.store.read(entry).isOptional ? undefined : true;
  return [...dict.keys()].some((key) => key.startsWith("?")) ? undefined : false;
}

/** The entries of a dict that was made here and that nothing else can have changed. */
function dictOf(program: Program, of: Expression): Value["entries"] {
  const reference = referenceOf(program, of);
  const { kind, entries, gone, isOptional } =
    reference === undefined ? unknown : program.store.read(reference);
  return kind === "data" && gone !== null && !isOptional ? entries : null;
}

/** Keys stand as texts: these may be a number, a flag, `None`, or one that is not known. */
const isLikeAnother = /^(\?|[-+.\d]|true$|false$|null$|Infinity$|NaN$)/;

/** `True` is 1 in Python. */
function isEqual(one: Constant, other: Constant): boolean {
  const plain = (value: Constant) => (typeof value === "boolean" ? Number(value) : value);
  return plain(one) === plain(other);
}

/** `1 is True` never holds. Whether two texts or numbers that are equal are one object is Python's own affair. */
function isIdentical(one: Constant, other: Constant): boolean | undefined {
  if (one !== other) return false;
  return one === null || typeof one === "boolean" ? true : undefined;
}

function itemsOf(program: Program, expression: Expression): readonly Known[] | null {
  if (expression.op === "list" || expression.op === "tuple")
    return expression.items.map((item) => knownOf(program, item));
  const { store } = program;
  const reference = referenceOf(program, expression);
  const { items = null, gone = null } = reference === undefined ? {} : store.read(reference);
  return items && gone && items.map((item) => knownOfValue(store.read(item)));
}

/** `held.get(key)`: what a dict holds there, or `None`. */
function gotten(program: Program, { callee, args }: Extract<Expression, { op: "call" }>): Known {
  const [key, ...others] = args;
  if (callee.op !== "attribute" || callee.name !== "get" || !key || others.length > 0) return undefined;
  if (key.name !== null || key.spread !== null) return undefined;
  const name = knownOf(program, key.value);
  const held = isKey(program, name, callee.of);
  if (held === undefined) return undefined;
  const entry = dictOf(program, callee.of)?.get(String(name));
  return entry === undefined ? null : knownOfValue(program.store.read(entry));
}

function knownOf(program: Program, expression: Expression): Known {
  if (expression.op === "constant") return expression.value;
  if (expression.op === "call") return gotten(program, expression);
  const reference = referenceOf(program, expression);
  if (reference === undefined || program.turning.has(reference)) return undefined;
  const known = knownOfValue(program.store.read(reference));
  const isPresence = known === something || known === null;
  return isPresence || !isNotebooks(program, expression) ? known : undefined;
}

/** What a name, or an attribute of one, stands for; nothing is called for it. */
function referenceOf(program: Program, expression: Expression): Reference | undefined {
  if (expression.op === "name") return program.store.lookup(expression.name);
  if (expression.op !== "attribute") return undefined;
  const owner = referenceOf(program, expression.of);
  return owner === undefined ? undefined : program.store.read(owner).entries?.get(expression.name);
}

function isNotebooks(program: Program, expression: Expression): boolean {
  if (expression.op === "attribute") return isNotebooks(program, expression.of);
  return expression.op === "name" && program.store.isGlobal(expression.name);
}

function knownOfValue(value: Value): Known {
  if (value.isOptional) return undefined;
  const constant = constantOf(value);
  if (constant !== undefined) return constant;
  return isThere(value) ? something : undefined;
}

function isThere({ kind, rows, rest, items, entries }: Value): boolean {
  if (kind === "model" || kind === "grouped" || kind === "mask" || kind === "code") return true;
  if (kind === "scalar") return rest.marks.size > 0;
  if (kind !== "data") return false;
  return (
    items !== null || entries !== null || (rows?.tables.some((table) => !mayBeNothing.test(table)) ?? false)
  );
}

/** What a call or a name that nobody read answers, or whatever a function is handed from outside. */
const mayBeNothing = /^(argument|call|name):/;
