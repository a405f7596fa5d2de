import type { Expression, Place } from "../../ir.ts";
import { remembered } from "../../remembered.ts";
import type { NotebookFacts } from "../../rule.ts";
import { writtenAs } from "../../written-as.ts";
import type { FlowStatement } from "../flow.ts";
import { statementIndex } from "../names.ts";
import { changesOf, givenTo } from "../statements/changes.ts";
import { changesRows, labelsRows, movesRows } from "../statements/rows.ts";
import { calledName, callsIn, expressionsIn } from "../statements/written.ts";

/** Whether nothing from a statement up to some later ones may leave rows out of what these take, add some, or put them in another order: what counts rows then counts others. A statement that is known to leave those in question where they are is passed over. */
export function keepsRows(
  facts: NotebookFacts,
  first: FlowStatement,
  until: readonly Place[],
  known?: FlowStatement,
): boolean {
  return changerOfRows(facts, first, until, known) === null;
}

/** The first statement that may do so; null where none may. */
export function changerOfRows(
  facts: NotebookFacts,
  first: FlowStatement,
  until: readonly Place[],
  known?: FlowStatement,
): FlowStatement | null {
  const flow = facts.flow();
  const [changer] = makers(facts, flow.indexOf(first), until)
    .filter((one) => one !== known && mayChangeRows(facts, one))
    .sort((a, b) => flow.indexOf(a) - flow.indexOf(b));
  return changer ?? null;
}

const mayChangeRows = remembered(
  (facts, one: FlowStatement) => changesRows(facts, writtenAs(facts, one)),
  (one) => one,
);

/** Whether nothing from a statement up to some later ones may put what these take into another order. */
export function keepsOrder(facts: NotebookFacts, first: FlowStatement, until: readonly Place[]): boolean {
  return !makers(facts, facts.flow().indexOf(first), until).some((one) =>
    movesRows(facts, writtenAs(facts, one)),
  );
}

/** Whether every row keeps a label of its own up to some statements, as it does from a file that is read with row numbers; apart from a statement that is known to keep them. */
export function keepsLabels(facts: NotebookFacts, until: readonly Place[], known?: FlowStatement): boolean {
  return !makers(facts, 0, until).some((one) => one !== known && labelsRows(facts, writtenAs(facts, one)));
}

/** Whether a name holds rows that a condition picked for the second time: by the text they are the same rows, but its columns may say something else by then. */
export function isPickedAgain(facts: NotebookFacts, name: string, at: Place): boolean {
  const before = facts.flow().slice(0, statementIndex(facts, at));
  const giver = before.findLastIndex(({ binds }) => binds.has(name));
  const of = (one: FlowStatement | undefined) =>
    one === undefined
      ? null
      : conditionOf([...one.binds].flatMap((each) => givenTo(facts, one, each) ?? [])[0]);
  const condition = of(before[giver]);
  return condition !== null && before.slice(0, giver).some((one) => of(one) === condition);
}

/** `table[table["column"] > 5]`: its condition, whatever the table is called and however the column is written; null where it is none. */
function conditionOf(value: Expression | undefined): string | null {
  if (value?.op !== "index") return null;
  const { of } = value;
  const table = of.op === "attribute" && of.name === "loc" ? of.of : of;
  const compares = expressionsIn([value.index]).some(
    (one) => one.op === "binary" && /^([<>]=?|[!=]=)$/.test(one.operator),
  );
  return table.op === "name" && compares ? sayingOf(value.index) : null;
}

/** What an expression says, columns by their names alone. */
function sayingOf(one: Expression): string {
  switch (one.op) {
    case "name":
      return one.name;
    case "constant":
      return JSON.stringify(one.value);
    case "attribute":
      return one.of.op === "name" ? JSON.stringify(one.name) : `${sayingOf(one.of)}.${one.name}`;
    case "index":
      return one.of.op === "name" ? sayingOf(one.index) : `${sayingOf(one.of)}[${sayingOf(one.index)}]`;
    case "binary":
      return `(${sayingOf(one.left)} ${one.operator} ${sayingOf(one.right)})`;
    case "unary":
      return `${one.operator}(${sayingOf(one.of)})`;
    case "call":
      return `${sayingOf(one.callee)}(${one.args.map(({ name, value }) => `${name}=${sayingOf(value)}`).join()})`;
    case "list":
    case "tuple":
      return `[${one.items.map(sayingOf).join()}]`;
    default:
      return `${one.op}@${one.at.cell}:${one.at.from}`;
  }
}

/** The statements, from one on, that make what some later ones take. */
function makers(facts: NotebookFacts, from: number, until: readonly Place[]): FlowStatement[] {
  const flow = facts.flow();
  const ends = until.map((place) => statementIndex(facts, place));
  const made: FlowStatement[] = [];
  const wanted = new Set<string>();
  for (let at = Math.max(...ends); at >= from; at--) {
    const statement = flow[at];
    if (!statement) continue;
    const isChange =
      [...statement.binds].some((name) => wanted.has(name)) ||
      changesOf(facts, statement).some(({ name }) => wanted.has(name)) ||
      shuffles(facts, statement);
    if (!ends.includes(at) && !isChange) continue;
    made.push(statement);
    const indexes = indexesAlone(facts, statement);
    for (const name of statement.needs) if (!indexes.has(name)) wanted.add(name);
  }
  return [...made, ...functionsAbove(facts, from, made)];
}

/** The functions that statements call, and those that these call, as far as they are defined above. */
function functionsAbove(
  facts: NotebookFacts,
  from: number,
  callers: readonly FlowStatement[],
): FlowStatement[] {
  const above = facts
    .flow()
    .slice(0, Math.max(from, 0))
    .filter((one) => writtenAs(facts, one).some(({ op }) => op === "function" || op === "class"));
  const found = new Set<FlowStatement>();
  const queue = [...callers];
  for (let one = queue.pop(); one; one = queue.pop())
    for (const own of above)
      if (!found.has(own) && [...own.binds].some((name) => one?.needs.has(name))) {
        found.add(own);
        queue.push(own);
      }
  return [...found];
}

const shuffles = remembered(
  (facts, statement: FlowStatement) =>
    callsIn(writtenAs(facts, statement)).some((call) => calledName(call) === "shuffle"),
  (statement) => statement,
);

/** The names that a statement only picks by: `rows[name]`. Which rows that leaves is known without their text. */
const indexesAlone = remembered(
  (facts, statement: FlowStatement): ReadonlySet<string> => {
    const expressions = expressionsIn(writtenAs(facts, statement));
    const indexes = new Set(expressions.flatMap((one) => (one.op === "index" ? [one.index] : [])));
    const named = expressions.flatMap((one) => (one.op === "name" ? [one] : []));
    const others = new Set(named.filter((one) => !indexes.has(one)).map(({ name }) => name));
    return new Set(named.map(({ name }) => name).filter((name) => !others.has(name)));
  },
  (statement) => statement,
);
