import type { Grouping } from "../../facts/values/noted.ts";
import type { Split } from "../../facts/values/split.ts";
import type { Edit } from "../../finding.ts";
import type { Expression, Place } from "../../ir.ts";
import type { NotebookFacts } from "../../rule.ts";
import { withMoreArguments } from "../call-text.ts";
import type { FixKind } from "../fix-kind.ts";
import { importLine } from "../imports.ts";
import { isUnchanged } from "../left-alone.ts";
import { expressionAt, freshName, outermost, positionOf, statementIndex } from "../names.ts";
import { Obstacle, quoted } from "../obstacle.ts";
import { givenTo } from "../statements/changes.ts";
import { type Call, calledName, given } from "../statements/written.ts";
import { arraysOf } from "../training-rows/parts.ts";
import { isFrameValue } from "../training-rows/table.ts";

/** Cuts rows by whom they are about: all of one entity on one side. */
export const keepGroupsTogether: FixKind = {
  id: "keep-groups-together",
  rules: ["group-across-split"],
  plan({ split, evaluations: [evaluation] = [], grouping }, facts) {
    const cut = split?.at ?? evaluation?.at;
    // What is cut where it stands may be in time's order: that is no fault to be mended.
    if (split ? split.how === "ordered" : !evaluation?.isFolds) return [];
    const rows = split?.inputs.rows ?? evaluation?.inputs.rows;
    const groups = grouping && cut ? groupsOf(facts, grouping, cut) : null;
    if (!cut || !groups || !grouping) return [];
    if (groups instanceof Obstacle) return groups;
    // The entities of other rows would not fit these, and those of the same rows in another order would be somebody else's.
    if (!rows || rows.key !== grouping.rows?.key || rows.order !== grouping.rows.order)
      return new Obstacle(
        `the column \`${grouping.keys[0]}\` was met beside other rows than those that are cut, or in another order: keep it beside them, and cut by it`,
      );
    const edits =
      split?.label === "train_test_split"
        ? shuffled(facts, split, groups)
        : folded(facts, cut, split, groups);
    return edits instanceof Obstacle
      ? edits
      : [{ title: `Keep all rows of one ${grouping.keys[0]} together`, kind: "suggestion", edits }];
  },
};

/** The column of the entities, beside the rows that are cut; else why it is not written out, or may be another by then. */
function groupsOf(
  facts: NotebookFacts,
  { at, keys }: Grouping,
  cut: Place,
): { frame: string; column: string } | Obstacle {
  const call = expressionAt(facts, at);
  if (call?.op !== "call" || call.callee.op !== "attribute" || call.callee.of.op !== "name")
    return new Obstacle(
      `no name tells the table whose \`${keys[0]}\` says whom rows are about: give it one above the split`,
    );
  const frame = call.callee.of.name;
  if (!isUnchanged(facts, call.callee.of.at, cut, keys[0] ?? null))
    return new Obstacle(
      `\`${frame}\` may hold another \`${keys[0]}\` where the rows are cut: keep the column beside them`,
    );
  return { frame, column: `${frame}[${JSON.stringify(keys[0])}]` };
}

function shuffled(
  facts: NotebookFacts,
  split: Split,
  { frame, column }: { frame: string; column: string },
): readonly Edit[] | Obstacle {
  const call = expressionAt(facts, split.at);
  const arrays = arraysOf(facts, split);
  const statement = outermost(facts, split.at);
  if (split.hasStratify)
    return new Obstacle(
      "no split keeps groups together and the shares of the classes as this one does: use `StratifiedGroupKFold`",
    );
  if (call?.op !== "call" || arrays === null || statement === null) return new Obstacle(noTable);
  const [train, test] = [freshName(facts, "train_rows"), freshName(facts, "test_rows")];
  const parts = arrays.map((array) => partsOf(facts, array, statementIndex(facts, split.at), train, test));
  if (parts.includes(null)) return new Obstacle(noTable);
  // A splitter of groups puts fewer aside where it is told nothing.
  const given = sharesOf(facts, call, split.at, { rows: frame, otherwise: "0.25" });
  if (given === null)
    return new Obstacle("how many rows are put aside is not written out as a number: write it in the call");
  const { name, edits } = importLine(facts, "sklearn.model_selection", "GroupShuffleSplit", split.at);
  const start = positionOf(facts, statement.cell, statement.from);
  const indent = " ".repeat(start.character);
  const isWhole = split.statement.to === split.at.to;
  return [
    ...edits,
    {
      cellId: statement.cell,
      range: { start, end: start },
      newText: `${train}, ${test} = next(${name}(${["n_splits=1", ...given].join(", ")}).split(${frame}, groups=${column}))\n${indent}`,
    },
    {
      cellId: split.at.cell,
      range: split.at,
      newText: isWhole ? parts.join(", ") : `(${parts.join(", ")})`,
    },
  ];
}

const noTable =
  "what is split is not known to be tables, whose rows are picked by their numbers: use `GroupShuffleSplit` by hand";

/**
 * How much of the groups a splitter puts on either side, as another's call says of rows: a number of rows becomes their share. Null where that is
 * not known to be a share or a number.
 */
function sharesOf(
  facts: NotebookFacts,
  { args }: Call,
  cut: Place,
  { rows, otherwise }: { readonly rows: string; readonly otherwise: string },
): readonly string[] | null {
  const sizes = args.flatMap(({ name, value }) => {
    if (name !== "test_size" && name !== "train_size") return [];
    const size = numberOf(facts, value, cut);
    const text = facts.textOf(value.at);
    if (value.op === "constant" && value.value === null) return [];
    if (size === null || size <= 0) return [null];
    return [`${name}=${size < 1 ? text : `${text} / len(${rows})`}`];
  });
  if (sizes.includes(null)) return null;
  const seed = args.filter(({ name }) => name === "random_state");
  const seeds = seed.map(({ value }) => `random_state=${facts.textOf(value.at)}`);
  const said = sizes.flatMap((one) => one ?? []);
  return [...(said.length > 0 ? said : [`test_size=${otherwise}`]), ...seeds];
}

/** A number that is written out, or that a name is given once and for all above; null for anything else. */
function numberOf(facts: NotebookFacts, value: Expression, cut: Place): number | null {
  if (value.op === "constant") return typeof value.value === "number" ? value.value : null;
  if (value.op !== "name") return null;
  const [giver, ...others] = facts.flow().filter(({ binds }) => binds.has(value.name));
  const made = giver && others.length === 0 ? givenTo(facts, giver, value.name) : null;
  const isAbove = giver !== undefined && facts.flow().indexOf(giver) < statementIndex(facts, cut);
  return isAbove && made?.op === "constant" && typeof made.value === "number" ? made.value : null;
}

/** Both parts of one array, by the numbers of their rows; null where it may be a list. */
function partsOf(
  facts: NotebookFacts,
  array: Expression,
  before: number,
  train: string,
  test: string,
): string | null {
  const text = facts.textOf(array.at);
  if (array.op !== "name" && array.op !== "index" && array.op !== "attribute") return null;
  if (!isFrameValue(facts, array, before)) return null;
  return `${text}.iloc[${train}], ${text}.iloc[${test}]`;
}

/** Folds by entity: the call is told a splitter of groups, and the groups. Whoever else has the old splitter keeps it. */
function folded(
  facts: NotebookFacts,
  cut: Place,
  split: Split | undefined,
  groups: { readonly frame: string; readonly column: string },
): readonly Edit[] | Obstacle {
  const text = facts.textOf(cut);
  const call = expressionAt(facts, cut);
  if (call?.op !== "call" || !text.endsWith(")"))
    return new Obstacle(`${quoted(text)} cannot be told the groups where it stands`);
  if (call.args.some(({ name, spread }) => name === "groups" || spread !== null))
    return new Obstacle(
      `${quoted(text)} may be told groups already, and is given a splitter that does not heed them`,
    );
  const cv = given(call, "cv");
  const of = call.callee.op === "attribute" && calledName(call) === "split" ? call.callee.of : null;
  const splitter =
    split === undefined ? numbered(facts, cv, cut) : splitterOf(facts, split.decidedAt, cut, groups.frame);
  if (splitter === null)
    return new Obstacle(
      "how its folds are made is not written out, or no splitter of groups makes them so: use `GroupKFold` by hand",
    );
  const { name, edits } = importLine(facts, "sklearn.model_selection", splitter.of, cut);
  const made = `${name}(${splitter.args.join(", ")})`;
  const place = of?.at ?? cv?.at;
  const told = place
    ? text.slice(0, place.from - cut.from) + made + text.slice(place.to - cut.from)
    : withMoreArguments(text, `cv=${made}`);
  const newText = withMoreArguments(told, `groups=${groups.column}`);
  return [...edits, { cellId: cut.cell, range: cut, newText }];
}

interface Splitter {
  readonly of: string;
  readonly args: readonly string[];
}

/** As many folds as a call is told by a number, or makes where it is told nothing; null where it may be told something else. */
function numbered(facts: NotebookFacts, cv: Expression | null, cut: Place): Splitter | null {
  if (cv === null || (cv.op === "constant" && cv.value === null))
    return { of: "GroupKFold", args: ["n_splits=5"] };
  return numberOf(facts, cv, cut) === null
    ? null
    : { of: "GroupKFold", args: [`n_splits=${facts.textOf(cv.at)}`] };
}

/** The splitter of groups that makes as many folds, of as many rows, as another; null where there is none, or where its words mean something else by then. */
function splitterOf(facts: NotebookFacts, made: Place, cut: Place, rows: string): Splitter | null {
  const call = expressionAt(facts, made);
  if (call?.op !== "call" || call.args.some(({ spread }) => spread !== null)) return null;
  if (!isUnchanged(facts, made, cut)) return null;
  const kind = ofGroups.get(calledName(call));
  const [first, ...others] = call.args;
  if (!kind || others.some(({ name }) => name === null)) return null;
  const count = given(call, "n_splits") ?? (first?.name === null ? first.value : null);
  const folds = `n_splits=${count ? facts.textOf(count.at) : kind.folds}`;
  if (kind.share === null) {
    const kept = kind.isShuffling
      ? call.args.filter(({ name }) => name === "shuffle" || name === "random_state")
      : [];
    return {
      of: kind.of,
      args: [folds, ...kept.map(({ name, value }) => `${name}=${facts.textOf(value.at)}`)],
    };
  }
  const shares = sharesOf(facts, call, cut, { rows, otherwise: kind.share });
  return shares && { of: kind.of, args: [folds, ...shares] };
}

interface Kind {
  readonly of: string;
  /** How many folds the other makes where it is told nothing, and what share of the rows it puts aside; null for folds that part all of them. */
  readonly folds: number;
  readonly share: string | null;
  readonly isShuffling: boolean;
}

/** What cuts as other splitters do, by groups. */
const ofGroups: ReadonlyMap<string, Kind> = new Map([
  ["KFold", { of: "GroupKFold", folds: 5, share: null, isShuffling: false }],
  ["StratifiedKFold", { of: "StratifiedGroupKFold", folds: 5, share: null, isShuffling: true }],
  ["ShuffleSplit", { of: "GroupShuffleSplit", folds: 10, share: "0.1", isShuffling: true }],
]);
