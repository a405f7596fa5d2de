import type { Evaluation } from "../../facts/values/fit.ts";
import type { Mark } from "../../facts/values/mark.ts";
import type { Edit } from "../../finding.ts";
import type { Expression, Place } from "../../ir.ts";
import type { NotebookFacts } from "../../rule.ts";
import { writtenAs } from "../../written-as.ts";
import type { FixKind } from "../fix-kind.ts";
import type { FlowStatement } from "../flow.ts";
import { importLine } from "../imports.ts";
import { isLeftAlone, isUnchanged } from "../left-alone.ts";
import {
  expressionAt,
  freshName,
  giversIn,
  outermost,
  placeOf,
  positionOf,
  statementIndex,
} from "../names.ts";
import { removed } from "../removed.ts";
import { changesName, givenTo } from "../statements/changes.ts";
import { pathOf } from "../statements/library-path.ts";
import { type Call, expressionsIn, namesIn, rootOf } from "../statements/written.ts";

/**
 * Where one object learned from the training rows and another of the same class, told the same, from the rows that a score asks about:
 * these are transformed by the first. `scale` and its like are an object that nobody names.
 */
export const transformAlike: FixKind = {
  id: "transform-alike",
  rules: ["refit-on-test"],
  plan({ mark, evaluations = [], isOfValidation = false }, facts) {
    const asked = mark && !mark.at.module ? preparationAt(facts, mark) : null;
    const [first] = evaluations;
    if (!asked || !first) return [];
    const learned = learnedBy(facts, first, asked);
    if (!learned || !evaluations.every((one) => learnedBy(facts, one, asked)?.call === learned.call))
      return [];
    const edits = transformed(facts, learned, asked);
    return edits === null
      ? []
      : [
          {
            title: `Transform the ${isOfValidation ? "validation" : "test"} rows by what the training rows taught`,
            kind: "suggestion",
            edits,
          },
        ];
  },
};

/** `object.fit_transform(rows)`, `StandardScaler().fit_transform(rows)` or `scale(rows)`. */
interface Preparation {
  readonly call: Call;
  readonly rows: Expression;
  /** What makes the object, by its library's path and what it is told. */
  readonly made: string;
  /** The name of the object, and the statement that gave it; null where it has none. */
  readonly named: { readonly name: string; readonly giver: FlowStatement } | null;
  /** What the object is written as where it has no name; null where a function stands for it. */
  readonly maker: Expression | null;
}

function preparationAt(facts: NotebookFacts, { at }: Pick<Mark, "at">): Preparation | null {
  const call = expressionAt(facts, at);
  if (call?.op !== "call") return null;
  const [rows, ...others] = call.args;
  if (!rows || others.length > 0 || rows.spread !== null || !/^X?$/.test(rows.name ?? "")) return null;
  const path = pathOf(facts, call.callee);
  const standing = path === null ? undefined : functions.get(path);
  if (standing !== undefined)
    return { call, rows: rows.value, made: `${standing}()`, named: null, maker: null };
  if (call.callee.op !== "attribute" || call.callee.name !== "fit_transform") return null;
  const { of } = call.callee;
  const statement = outermost(facts, at);
  const giver =
    of.op === "name" && statement ? (giversIn(facts, null).get(statement)?.get(of.name) ?? null) : null;
  const maker = of.op === "name" ? giver && givenTo(facts, giver, of.name) : of;
  const made = maker && madeBy(facts, maker);
  if (!made) return null;
  const named = of.op === "name" && giver ? { name: of.name, giver } : null;
  return { call, rows: rows.value, made, named, maker: named ? null : maker };
}

/** The class of scikit-learn's that makes an object, and what it is told; null where that may be another each time. */
function madeBy(facts: NotebookFacts, maker: Expression): string | null {
  if (maker.op !== "call") return null;
  const path = pathOf(facts, maker.callee);
  const isSteady = maker.args.every(
    ({ spread, value }) =>
      spread === null &&
      expressionsIn([value]).every(({ op }) => steady.has(op)) &&
      [...namesIn(value)].every((name) => pathOf(facts, { op: "name", name, at: value.at }) !== null),
  );
  if (!path?.startsWith("sklearn.") || !isSteady) return null;
  const told = maker.args.map(
    ({ name, value }) => `${name ?? ""}=${facts.textOf(value.at).replace(/\s/g, "")}`,
  );
  return `${path}(${told.sort().join()})`;
}

const steady: ReadonlySet<Expression["op"]> = new Set([
  "attribute",
  "constant",
  "list",
  "name",
  "tuple",
  "unary",
]);

/** What scikit-learn's functions do is what these do that learn from what they are given. */
const functions: ReadonlyMap<string, string> = new Map([
  ["sklearn.preprocessing.maxabs_scale", "sklearn.preprocessing.MaxAbsScaler"],
  ["sklearn.preprocessing.minmax_scale", "sklearn.preprocessing.MinMaxScaler"],
  ["sklearn.preprocessing.robust_scale", "sklearn.preprocessing.RobustScaler"],
  ["sklearn.preprocessing.scale", "sklearn.preprocessing.StandardScaler"],
]);

/** The preparation of a model's own rows that is the one of the rows it is asked about; null where there is none, several, or where it is of other columns. */
function learnedBy(facts: NotebookFacts, { fit }: Evaluation, asked: Preparation): Preparation | null {
  const marks = [...fit.inputs.marks.values()].filter(
    ({ kind, at }) => (kind === "statistic" || kind === "supervised") && !at.module,
  );
  const prepared = marks.flatMap((one) => preparationAt(facts, one) ?? []);
  const alike = prepared.filter(
    (one) => one.made === asked.made && isOfSameColumns(facts, one.rows, asked.rows),
  );
  const [learned, ...others] = alike.filter(
    ({ call }, at) => alike.findIndex((one) => one.call === call) === at,
  );
  const isOwn = prepared.some(({ call }) => call === asked.call);
  if (!learned || others.length > 0 || isOwn) return null;
  // A function scales one column as well, and an object does not.
  return learned.maker || learned.named || isGivenWhole(facts, learned, fit.inputs.at) ? learned : null;
}

/** Whether a model learned from what a preparation answered, and nothing was made of it between. */
function isGivenWhole(facts: NotebookFacts, { call }: Preparation, inputs: Place): boolean {
  if (isAt(inputs, call.at)) return true;
  const statement = outermost(facts, call.at);
  const learned = expressionAt(facts, inputs);
  const given = statement && learned?.op === "name" ? givenTo(facts, statement, learned.name) : null;
  return given !== null && isAt(given.at, call.at);
}

function isAt(one: Place, other: Place): boolean {
  return one.cell === other.cell && one.from === other.from && one.to === other.to;
}

/** Whether rows are the parts of one split, or of columns that are picked by the same words. */
function isOfSameColumns(facts: NotebookFacts, one: Expression, other: Expression): boolean {
  const [root, otherRoot] = [rootOf(one), rootOf(other)];
  if (root === null || otherRoot === null || root === otherRoot) return false;
  const behind = (rows: Expression, name: string) =>
    facts.textOf(rows.at).slice(name.length).replace(/\s/g, "");
  if (!facts.textOf(one.at).startsWith(root) || !facts.textOf(other.at).startsWith(otherRoot)) return false;
  if (behind(one, root) !== behind(other, otherRoot)) return false;
  const picks = one.op === "index" && one.of.op === "name";
  if (picks && [...namesIn(one.index)].every((name) => name !== root && name !== otherRoot))
    return isUnchanged(facts, one.index.at, other.at);
  return [...facts.splits.values()].some(({ targets, at: cut }) => {
    const [at, otherAt] = [targets?.indexOf(root) ?? -1, targets?.indexOf(otherRoot) ?? -1];
    const isOfOneArray = at >= 0 && otherAt >= 0 && at !== otherAt && at >> 1 === otherAt >> 1;
    const from = statementIndex(facts, cut);
    return isOfOneArray && isStill(facts, root, from, one) && isStill(facts, otherRoot, from, other);
  });
}

/** Whether a name that a split gave is given to nothing since but what is made of it. */
function isStill(facts: NotebookFacts, name: string, from: number, { at }: Expression): boolean {
  const since = facts.flow().slice(from + 1, statementIndex(facts, at));
  return (
    from >= 0 && since.every(({ binds, needs }) => !binds.has("*") && (!binds.has(name) || needs.has(name)))
  );
}

/** What makes the rows that are asked about be transformed by what has learned; null where that is not there any more. */
function transformed(facts: NotebookFacts, learned: Preparation, asked: Preparation): readonly Edit[] | null {
  const [from, until] = [learned, asked].map(({ call }) => statementIndex(facts, call.at));
  if (from === undefined || until === undefined || from < 0 || until < from) return null;
  if (learned.named) return byName(facts, learned.named, asked, from, until);
  const around = outermost(facts, learned.call.at);
  const [said, ...others] = around ? writtenAs(facts, around) : [];
  const names = namesIn(learned.rows);
  const isLater =
    learned.call.at.cell !== asked.call.at.cell || learned.call.at.to <= asked.call.at.from || from < until;
  if (!around || !isLater) return null;
  const isKept =
    isUnchanged(facts, learned.rows.at, asked.call.at) &&
    ![...names].some((name) => changesName(facts, around, name));
  const written = (own: string) => replaced(asked, `${own}.transform(${facts.textOf(asked.rows.at)})`);
  const [path = ""] = learned.made.split("(");
  const isPlain = others.length === 0 && (said?.op === "assign" || said?.op === "do");
  const maker = () => {
    if (learned.maker) return { name: facts.textOf(learned.maker.at), edits: [] };
    const dot = path.lastIndexOf(".");
    const { name, edits } = importLine(facts, path.slice(0, dot), path.slice(dot + 1), learned.call.at);
    return { name: `${name}()`, edits };
  };
  // Learned once more of the same rows it is the same, where chance has no part in it.
  if (isKept && ofNoChance.test(path) && !isPlain) {
    const { name, edits } = maker();
    return [...edits, written(`${name}.fit(${facts.textOf(learned.rows.at)})`)];
  }
  if (!isPlain || from === until) return null;
  const { name: text, edits } = maker();
  const [, kind = "Transformer"] = /\.(\w+)$/.exec(path) ?? [];
  const name = freshName(facts, ofNoChance.exec(path)?.[1]?.toLowerCase() ?? kind.toLowerCase());
  const start = { line: positionOf(facts, around.cell, around.from).line, character: 0 };
  return [
    ...edits,
    { cellId: around.cell, range: { start, end: start }, newText: `${name} = ${text}\n` },
    learned.maker
      ? { cellId: learned.maker.at.cell, range: learned.maker.at, newText: name }
      : {
          cellId: learned.call.callee.at.cell,
          range: learned.call.callee.at,
          newText: `${name}.fit_transform`,
        },
    written(name),
  ];
}

const ofNoChance = /(?:Standard|MinMax|MaxAbs|Robust)(Scaler)$/;

/** The same by an object that has a name: as long as it is the one that learned, or one of the same name takes its place that is then not made. */
function byName(
  facts: NotebookFacts,
  { name, giver }: NonNullable<Preparation["named"]>,
  asked: Preparation,
  from: number,
  until: number,
): readonly Edit[] | null {
  const edits = [replaced(asked, `${name}.transform(${facts.textOf(asked.rows.at)})`)];
  const flow = facts.flow();
  const isInOrder = flow.indexOf(giver) < from && from < until;
  if (!isInOrder) return null;
  if (asked.named?.name !== name) return isLeftAlone(facts, [name], from, until) ? edits : null;
  const again = asked.named.giver;
  const at = flow.indexOf(again);
  const isAnew = at > from && again.binds.size === 1;
  return isAnew && isLeftAlone(facts, [name], from, at) && isLeftAlone(facts, [name], at, until)
    ? [removed(facts, placeOf(facts, again)), ...edits]
    : null;
}

function replaced({ call }: Preparation, newText: string): Edit {
  return { cellId: call.at.cell, range: call.at, newText };
}
