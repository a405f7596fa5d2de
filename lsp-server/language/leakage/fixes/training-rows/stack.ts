import type { Expression } from "../../ir.ts";
import type { NotebookFacts } from "../../rule.ts";
import { writtenAs } from "../../written-as.ts";
import type { FlowStatement } from "../flow.ts";
import { isLeftAlone } from "../left-alone.ts";
import { changesName, changesOf, givenTo } from "../statements/changes.ts";
import { filledBy } from "../statements/filling.ts";
import { isOfColumns } from "../statements/rows.ts";
import { calledName, callsIn, expressionsIn, given, isConstant, rootOf } from "../statements/written.ts";
import type { Cut } from "./cut.ts";

/** Tables that are put together one behind the other, every row with the label it had. */
export interface Stack {
  readonly statement: FlowStatement;
  /** The table whose rows stand first, and are split. */
  readonly first: string;
  readonly others: readonly string[];
}

/** The statement that puts together the tables whose first rows are split; null where there is none, or where rows get other labels. */
export function stackOf(facts: NotebookFacts, { splits }: Cut): Stack | null {
  const flow = facts.flow();
  const last = flow.findIndex((one) => one.cell === splits[0].at.cell && one.to > splits[0].at.from);
  const found = flow.slice(0, last).flatMap((statement): Stack[] => {
    const [name = "", ...names] = statement.binds;
    const made = names.length === 0 ? givenTo(facts, statement, name) : null;
    const tables = made && stackedIn(made);
    const [first, ...others] = (tables ?? []).map((one) => (one.op === "name" ? one.name : null));
    if (made?.op !== "call" || first == null || others.length === 0 || others.includes(null)) return [];
    const ignored = given(made, "ignore_index");
    const isKept = ignored === null || isConstant(ignored, false);
    return isKept && given(made, "keys") === null
      ? [{ statement, first, others: others.flatMap((one) => one ?? []) }]
      : [];
  });
  const [stack] = found;
  return found.length === 1 && stack ? stack : null;
}

/** The tables that `pd.concat([a, b])` puts behind each other, in their order; null for anything else. */
export function stackedIn(made: Expression): readonly Expression[] | null {
  if (made.op !== "call" || made.callee.op !== "attribute" || calledName(made) !== "concat") return null;
  if (isOfColumns(made) || made.args.some(({ spread }) => spread !== null)) return null;
  const [first] = made.args;
  const tables = given(made, "objs") ?? (first?.name === null ? first.value : null);
  return tables?.op === "list" || tables?.op === "tuple" ? tables.items : null;
}

/**
 * Whether a table answers what a statement asks of another that stands behind it: its columns say what they said when it was read, apart
 * from what filled their gaps, and none that is asked for is dropped.
 */
export function isAsRead(facts: NotebookFacts, table: string, asks: FlowStatement): boolean {
  const before = facts.flow().slice(0, facts.flow().indexOf(asks));
  const [read, ...others] = before.filter((one) => changesName(facts, one, table));
  if (!read) return false;
  const made = givenTo(facts, read, table);
  const isOther = (one: FlowStatement) => others.includes(one);
  if (!isLeftAlone(facts, [table], before.indexOf(read), before.length, isOther)) return false;
  if (made?.op !== "call" || !calledName(made).startsWith("read_")) return false;
  const drops = others.filter((one) => isLeavingOut(facts, one, table));
  const isKept = (one: FlowStatement) => drops.includes(one) || filledBy(facts, one, table) !== null;
  if (!others.every(isKept)) return false;
  const dropped = drops
    .filter((one) => isOfSomeColumns(facts, one))
    .map((one) => columnsIn(facts, before, one));
  const asked = columnsIn(facts, before, asks);
  if (dropped.length === 0) return true;
  return (
    asked.length > 0 &&
    dropped.every((names) => names.length > 0 && !names.some((one) => asked.includes(one)))
  );
}

/** Whether a statement leaves some of a table out, and changes nothing else of it. */
function isLeavingOut(facts: NotebookFacts, statement: FlowStatement, table: string): boolean {
  return changesOf(facts, statement)
    .filter(({ name }) => name === table)
    .every(({ how, target, value }) => {
      if (how === "in place")
        return value?.op === "call" && target.op === "name" && leaving.has(calledName(value));
      if (how === "part") return value === null && writtenAs(facts, statement)[0]?.op === "forget";
      return value?.op === "call" && rootOf(value) === table && leaving.has(calledName(value));
    });
}

const leaving: ReadonlySet<string> = new Set(["copy", "drop", "drop_duplicates", "dropna", "fillna", "pop"]);

function isOfSomeColumns(facts: NotebookFacts, statement: FlowStatement): boolean {
  const said = writtenAs(facts, statement);
  return said[0]?.op === "forget" || callsIn(said).some((call) => /^(drop|pop)$/.test(calledName(call)));
}

/** The columns that a statement names, or the lists that it goes through. */
function columnsIn(
  facts: NotebookFacts,
  before: readonly FlowStatement[],
  statement: FlowStatement,
): string[] {
  const at = before.indexOf(statement);
  const until = at < 0 ? before : before.slice(0, at);
  const lists = [...statement.needs].flatMap((name): Expression[] => {
    const giver = until.findLast(({ binds }) => binds.has(name));
    const list = giver ? givenTo(facts, giver, name) : null;
    return list?.op === "list" ? [list] : [];
  });
  const said = [...writtenAs(facts, statement), ...lists];
  const asked = new Set<Expression>(callsIn(said).map(({ callee }) => callee));
  return expressionsIn(said).flatMap((one) => {
    if (one.op === "constant")
      return typeof one.value === "string" && !words.has(one.value) ? [one.value] : [];
    return one.op === "attribute" && one.of.op === "name" && !asked.has(one) ? [one.name] : [];
  });
}

/** Texts that are told to a method and name no column. */
const words: ReadonlySet<string> = new Set(["columns", "index", "ignore"]);
