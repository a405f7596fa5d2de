import { functionEffect, methodEffect } from "../../api/known.ts";
import type { Mark } from "../../facts/values/mark.ts";
import type { Edit } from "../../finding.ts";
import { inside } from "../../inside.ts";
import type { Expression, Place, Statement } from "../../ir.ts";
import type { NotebookFacts } from "../../rule.ts";
import { writtenAs } from "../../written-as.ts";
import type { FlowStatement } from "../flow.ts";
import { importLine } from "../imports.ts";
import { expressionAt, isGiven, leftmostName, outermost, statementIndex } from "../names.ts";
import { Obstacle, quoted } from "../obstacle.ts";
import { givenTo } from "../statements/changes.ts";
import { type Call, calledName, callsIn, expressionsIn } from "../statements/written.ts";
import { mayBeList } from "./in-order.ts";
import { metAt } from "./met-at.ts";

/** The mask of the training rows for what a name holds at a place, or the table of the training rows that is asked in its place; else why there is neither. */
type MaskFor = (root: string, at: Place) => string | { readonly instead: string } | Obstacle;

/** What makes a call learn from the training rows alone; else why its text does not say which rows it meets: in a function, as long as it `isHanded` what the mask is called. */
export function learningFrom(
  facts: NotebookFacts,
  { at }: Mark,
  maskFor: MaskFor,
  isHanded = false,
): readonly Edit[] | Obstacle {
  const call = expressionAt(facts, at);
  const around = outermost(facts, at);
  if (call?.op !== "call" || around === null) return new Obstacle(`${quoted(facts.textOf(at))} is no call`);
  const elsewhere = isElsewhere(facts, call, around, isHanded);
  if (elsewhere !== null) return elsewhere;
  const root = leftmostName(call, facts);
  const mask = root === null ? unnamed(facts, call) : maskFor(root, at);
  const text = mask instanceof Obstacle ? mask : rewritten(facts, call, mask);
  if (text instanceof Obstacle) return text;
  if (typeof text === "string") return [{ cellId: at.cell, range: at, newText: text }];
  const { name, edits } = importLine(facts, "sklearn.preprocessing", text.name, at);
  return [...edits, { cellId: at.cell, range: at, newText: `${name}${text.rest}` }];
}

/** In a function, or of what a loop or a lambda is handed: then it may meet other rows each time. */
function isElsewhere(
  facts: NotebookFacts,
  call: Call,
  around: FlowStatement,
  isHanded: boolean,
): Obstacle | null {
  const root = leftmostName(call, facts);
  if (root === null) return unnamed(facts, call);
  const holders = writtenAs(facts, around)
    .flatMap((one) => [...inside(one)])
    .filter(({ at }) => at.from <= call.at.from && at.to >= call.at.to);
  const isInFunction = holders.some(({ op }) => op === "function");
  if (holders.some(({ op }) => op === "class") || (isInFunction && !isHanded))
    return new Obstacle(inFunction);
  if (isInFunction && metAt(facts, call.at) === null) return new Obstacle(inFunction);
  const isOfLambda = (one: (typeof holders)[number]): boolean =>
    one.op === "lambda" && (one.params.some(({ name }) => name === root) || isOfGroups(holders, one));
  if (holders.some(isOfLambda))
    return new Obstacle(
      "a lambda learns from whatever rows it is handed: learn above it, from the training rows",
    );
  if (isInFunction) return null;
  const isTurn = holders.some(({ op }) => op === "loop" || op === "block");
  return isTurn && around.binds.has(root) && !isGiven(facts, root, call.at)
    ? new Obstacle(
        `\`${root}\` is given inside of a loop, other rows each time: say there which are for training`,
      )
    : null;
}

const inFunction =
  "a function learns from whatever rows it is given: split first, and call it with the training rows, or hand it what was learned";

function unnamed(facts: NotebookFacts, call: Call): Obstacle {
  return new Obstacle(
    `no name tells which rows ${quoted(facts.textOf(call.at))} learns from: give them one above`,
  );
}

/** Whether a lambda is called again and again with groups of rows. */
function isOfGroups(holders: readonly (Statement | Expression)[], lambda: Expression): boolean {
  return callsIn(holders.slice(0, 1)).some(
    (call) =>
      /^(agg|aggregate|transform|apply)$/.test(calledName(call)) &&
      call.args.some(({ value }) => value === lambda) &&
      callsIn([call.callee]).some((one) => calledName(one) === "groupby"),
  );
}

/** What can be asked for some rows without brackets around it. */
const subscribed: ReadonlySet<Expression["op"]> = new Set(["attribute", "call", "index", "name"]);

function rewritten(
  facts: NotebookFacts,
  call: Call,
  mask: string | { readonly instead: string },
): string | { readonly name: string; readonly rest: string } | Obstacle {
  const unknown = () =>
    new Obstacle(`${quoted(facts.textOf(call.at))} is not known to learn the same way from some of its rows`);
  const { callee, args } = call;
  const of = (one: Expression) => facts.textOf(one.at);
  const root = leftmostName(call, facts);
  const withRoot = (one: Expression, table: string): string =>
    expressionsIn([one])
      .filter((each) => each.op === "name" && each.name === root)
      .sort((a, b) => b.at.from - a.at.from)
      .reduce(
        (text, { at }) => text.slice(0, at.from - one.at.from) + table + text.slice(at.to - one.at.from),
        of(one),
      );
  const before = statementIndex(facts, call.at);
  // A list knows no mask.
  const isMasked = typeof mask === "string" && !mask.startsWith(":");
  const given = callee.op === "attribute" && !isLibraryName(facts, callee.of) ? [] : args.slice(0, 1);
  const rows = isFitting(callee) ? args : given;
  const list = isMasked ? rows.find(({ value }) => mayBeList(facts, value, before)) : undefined;
  if (list)
    return new Obstacle(
      `${quoted(of(list.value))} may be a list, of which no rows can be picked: make it an array or a table above`,
    );
  // Groups are picked from by no rows: what each says would be of other rows, and some would be missing wherever they are looked up.
  const met = callee.op === "attribute" && !isFitting(callee) ? [callee.of] : [];
  const isLookedUp = calledName(call) === "transform";
  if (typeof mask === "string" && !isLookedUp && [...met, ...args.map(({ value }) => value)].some(areGroups))
    return new Obstacle(
      "a group without training rows would have no value: say by hand what it gets, and learn from the training rows of the others",
    );
  const masked = (one: Expression): string => {
    const text = of(one);
    const picked = pickedBy(one);
    if (typeof mask !== "string") return withRoot(one, mask.instead);
    // A beginning has no condition: it is taken of the table, wherever that is named.
    if (picked !== null && mask.startsWith(":")) return withRoot(one, `${root}[${mask}]`);
    // What a condition picked is fewer rows than the mask counts: the condition says both.
    if (picked !== null) {
      const [from, to] = [picked.at.from - one.at.from, picked.at.to - one.at.from];
      return `${text.slice(0, from)}(${of(picked)}) & ${mask}${text.slice(to)}`;
    }
    return subscribed.has(one.op) ? `${text}[${mask}]` : `(${text})[${mask}]`;
  };
  const others = (from: number) =>
    args.slice(from).map(({ name, value }) => (name === null ? of(value) : `${name}=${of(value)}`));
  const [first, second] = args;
  if (args.some(({ spread }) => spread !== null)) return unknown();
  if (isFitting(callee)) {
    if (!first || (first.name !== null && first.name !== "X")) return unknown();
    const learned = args.map(({ name, value }) => `${name === null ? "" : `${name}=`}${masked(value)}`);
    const fitted = `${of(callee.of)}.fit(${learned.join(", ")})`;
    return callee.name === "fit" ? fitted : `${fitted}.transform(${of(first.value)})`;
  }
  const isOfModule = callee.op === "attribute" && isLibraryName(facts, callee.of);
  const name = callee.op === "attribute" || callee.op === "name" ? callee.name : "";
  if (callee.op === "attribute" && name === "transform")
    return (typeof mask === "string" ? ofGroups(facts, call, mask) : null) ?? unknown();
  // SciPy's has no class that keeps what it found.
  const standardized = standardizedIn(call, isOfModule);
  if (standardized) {
    const learned = masked(standardized);
    return `((${of(standardized)} - ${learned}.mean(axis=0)) / ${learned}.std(axis=0, ddof=0))`;
  }
  if (callee.op === "attribute" && !isOfModule) {
    const effect = methodEffect(name);
    if (effect !== "statistic" && effect !== "sum") return unknown();
    return `${masked(callee.of)}.${name}(${others(0).join(", ")})`;
  }
  if (!first || first.name !== null) return unknown();
  const scaler = scalers[name];
  if (scaler !== undefined)
    return {
      name: scaler,
      rest: `(${others(1).join(", ")}).fit(${masked(first.value)}).transform(${of(first.value)})`,
    };
  if (functionEffect(name) !== "statistic") return unknown();
  const isOfTwo = ofTwo.has(name) && second !== undefined && second.name === null;
  return `${of(callee)}(${[masked(first.value), ...(isOfTwo ? [masked(second.value)] : []), ...others(isOfTwo ? 2 : 1)].join(", ")})`;
}

/** The columns that `zscore(rows)` or `rows.apply(zscore)` puts on another scale, where they can be said again; null for any other call. */
function standardizedIn({ callee, args }: Call, isOfModule: boolean): Expression | null {
  const [first, ...others] = args;
  if (!first || others.length > 0 || first.name !== null) return null;
  const isNamed = (one: Expression) => (one.op === "name" || one.op === "attribute") && one.name === "zscore";
  const isApplied =
    callee.op === "attribute" && !isOfModule && callee.name === "apply" && isNamed(first.value);
  const rows = isApplied ? callee.of : isNamed(callee) ? first.value : null;
  return rows && (rows.op === "name" || rows.op === "attribute" || rows.op === "index") ? rows : null;
}

/** Whether an expression is groups of rows, or windows over them, and no rows. */
function areGroups(one: Expression): boolean {
  if (one.op === "attribute" || one.op === "index") return areGroups(one.of);
  if (one.op !== "call" || one.callee.op !== "attribute") return false;
  const effect = methodEffect(one.callee.name);
  return effect === "group" || effect === "window";
}

type Method = Extract<Expression, { op: "attribute" }>;

function isFitting(callee: Expression): callee is Method & { readonly name: "fit" | "fit_transform" } {
  return callee.op === "attribute" && (callee.name === "fit" || callee.name === "fit_transform");
}

function isLibraryName(facts: NotebookFacts, one: Expression): boolean {
  return one.op === "name" && [...facts.imports.values()].includes(one.name);
}

/** Whether what a call meets are rows that a condition in its text picked from a whole table: then the condition can say both. */
export function isPickedHere(facts: NotebookFacts, { at }: Mark): boolean {
  const call = expressionAt(facts, at);
  if (call?.op !== "call") return false;
  const met = [
    ...(call.callee.op === "attribute" ? [call.callee.of] : []),
    ...call.args.map(({ value }) => value),
  ];
  const root = leftmostName(call, facts);
  if (root === null) return false;
  const giver = facts
    .flow()
    .slice(0, statementIndex(facts, at))
    .findLast(({ binds }) => binds.has(root));
  const made = giver ? givenTo(facts, giver, root) : null;
  const isWhole = made?.op === "call" && /^(read_\w+|concat|append|DataFrame)$/.test(calledName(made));
  return isWhole && met.some((one) => pickedBy(one) !== null);
}

/** The condition that picks rows inside an expression; null where it is of all rows. */
function pickedBy(expression: Expression): Expression | null {
  switch (expression.op) {
    case "attribute":
      return pickedBy(expression.of);
    case "index": {
      const { index } = expression;
      const rows = index.op === "tuple" ? index.items[0] : index;
      const isCondition = rows?.op === "binary" || (rows?.op === "unary" && rows.operator === "~");
      return pickedBy(expression.of) ?? (isCondition ? rows : null);
    }
    default:
      return null;
  }
}

/** Functions that scale what they are given by what they find there, and the class that can be told from what. */
const scalers: Readonly<Record<string, string>> = {
  scale: "StandardScaler",
  minmax_scale: "MinMaxScaler",
  maxabs_scale: "MaxAbsScaler",
  robust_scale: "RobustScaler",
  power_transform: "PowerTransformer",
  quantile_transform: "QuantileTransformer",
};

/** Functions of rows and what belongs to them. */
const ofTwo: ReadonlySet<string> = new Set(
  "chi2 f_classif f_regression mutual_info_classif mutual_info_regression r_regression pearsonr spearmanr corrcoef".split(
    " ",
  ),
);

/** What a fix says of groups that have no training rows, where it learns from those of each. */
export function saidOfGroups(facts: NotebookFacts, marks: readonly Mark[]): string {
  const isOfEach = marks.some(({ at }) => {
    const call = expressionAt(facts, at);
    return call?.op === "call" && calledName(call) === "transform";
  });
  return isOfEach ? "; a group that has none there gets what all of them say" : "";
}

/** One value of a group, whatever the number of its rows. */
const oneAGroup: ReadonlySet<string> = new Set(["max", "mean", "median", "min", "sem", "skew", "std", "var"]);

/**
 * `df.groupby("k")["x"].transform("median")`: what each group of training rows says, looked up for every row; of a group without any, what all
 * of them say. Null for what is a value of each row, or counts a group's: of fewer rows that is something else.
 */
function ofGroups(facts: NotebookFacts, { callee, args }: Call, mask: string): string | null {
  const [how, ...others] = args;
  const column = callee.op === "attribute" ? callee.of : null;
  if (
    how?.value.op !== "constant" ||
    typeof how.value.value !== "string" ||
    !oneAGroup.has(how.value.value) ||
    others.length > 0 ||
    (column?.op !== "index" && column?.op !== "attribute")
  )
    return null;
  const grouped = column.of;
  if (grouped.op !== "call" || grouped.callee.op !== "attribute" || grouped.callee.name !== "groupby")
    return null;
  const [key, ...more] = grouped.args;
  if (key?.value.op !== "constant" || typeof key.value.value !== "string" || more.length > 0) return null;
  const table = facts.textOf(grouped.callee.of.at);
  const name = column.op === "attribute" ? `.${column.name}` : `[${facts.textOf(column.index.at)}]`;
  const by = facts.textOf(key.value.at);
  const said = `${how.value.value}()`;
  return `${table}[${by}].map(${table}[${mask}].groupby(${by})${name}.${said}).fillna(${table}[${mask}]${name}.${said})`;
}
