import type { Place } from "../ir.ts";
import { objectsOf } from "../objects/objects-of.ts";
import type { NotebookFacts } from "../rule.ts";
import type { FlowStatement } from "./flow.ts";
import { expressionAt, statementIndex } from "./names.ts";
import { Obstacle, quoted } from "./obstacle.ts";
import { namesIn } from "./statements/written.ts";

/**
 * Whether the objects behind names are at a statement what they were at an earlier one: nothing between gives the names anew, writes
 * into the objects under whatever name, or hands them to code that is not known to only ask. Statements that `isKept` knows are passed over, and where a column is told, what is done to others.
 */
export function isLeftAlone(
  facts: NotebookFacts,
  names: Iterable<string>,
  from: number,
  until: number,
  isKept: (statement: FlowStatement) => boolean = () => false,
  column: string | null = null,
): boolean {
  const flow = facts.flow();
  return objectsOf(facts, null).areLeftAlone(names, from, until, but(flow, isKept, column));
}

/** What stands in the way where they are not: the first statement that may change one of them, or that nobody could follow. */
export function changeBetween(
  facts: NotebookFacts,
  names: Iterable<string>,
  from: number,
  until: number,
  isKept: (statement: FlowStatement) => boolean = () => false,
): Obstacle | null {
  const flow = facts.flow();
  const objects = objectsOf(facts, null);
  const all = [...names];
  const change = objects.firstChange(all, from, until, but(flow, isKept, null));
  const statement = change && flow[change.at];
  if (!change || !statement) return null;
  if (change.isOver)
    return new Obstacle(
      `the notebook makes more objects than are followed, so that nobody knows what ${quoted(statement.text)} changes: in a shorter notebook there may be a fix`,
    );
  const changed = all.filter(
    (name) => objects.firstChange([name], from, until, but(flow, isKept, null))?.at === change.at,
  );
  const isSaid = (name: string) => statement.needs.has(name) || statement.binds.has(name);
  const name = changed.find(isSaid) ?? changed[0] ?? all.join("`, `");
  return new Obstacle(`${quoted(statement.text)} may change \`${name}\` in between`);
}

function but(
  flow: readonly FlowStatement[],
  isKept: (statement: FlowStatement) => boolean,
  column: string | null,
) {
  return {
    isKept: (at: number) => {
      const statement = flow[at];
      return statement !== undefined && isKept(statement);
    },
    column,
  };
}

/** Whether what stands at a place would still mean the same at a later one; of a table one column, where it is told. */
export function isUnchanged(
  facts: NotebookFacts,
  at: Place,
  later: Place,
  column: string | null = null,
): boolean {
  const said = expressionAt(facts, at);
  const names = said ? namesIn(said) : facts.flow().flatMap(({ binds }) => [...binds]);
  const [from, until] = [statementIndex(facts, at), statementIndex(facts, later)];
  return from >= 0 && until >= from && isLeftAlone(facts, names, from, until, () => false, column);
}
