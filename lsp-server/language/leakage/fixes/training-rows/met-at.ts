import type { Edit } from "../../finding.ts";
import { inside } from "../../inside.ts";
import type { Expression, Place, Statement } from "../../ir.ts";
import { remembered } from "../../remembered.ts";
import type { NotebookFacts } from "../../rule.ts";
import { writtenAs } from "../../written-as.ts";
import type { FlowStatement } from "../flow.ts";
import { expressionAt, leftmostName, outermost, positionOf } from "../names.ts";
import { changesRows } from "../statements/rows.ts";
import { expressionsIn, given, namesIn, rootOf } from "../statements/written.ts";

/** The outermost statement in which rows are learned from, and what they are called there. */
interface MetAt {
  readonly statement: FlowStatement;
  readonly root: string | null;
  /** What hands a name of the notebook's to the function in which it is: nothing where it stands in none, null where the function has such a name. */
  handing(name: string): readonly Edit[] | null;
}

/** Where a place is run: where it stands or, inside of a function that is called in one place alone, there; null where neither is sure. */
export const metAt = remembered(met, ({ cell, from, to }: Place) => `${from}:${to}:${cell}`);

function met(facts: NotebookFacts, at: Place): MetAt | null {
  const statement = outermost(facts, at);
  const root = leftmostName(expressionAt(facts, at), facts);
  const [own, ...others] = statement ? writtenAs(facts, statement) : [];
  if (statement === null || own?.op !== "function")
    return statement && { statement, root, handing: () => [] };
  if (others.length > 0 || own.decorators.length > 0 || isNested(own.body, at)) return null;
  const uses = facts.flow().flatMap((one) => usesOf(facts, one, own.name));
  const [use] = uses;
  const place = own.params.findIndex(({ name, spread }) => name === root && spread === null);
  if (!use || uses.length !== 1 || use.call === null || place < 0 || root === null) return null;
  const [first, ...more] = writtenAs(facts, use.statement);
  if (more.length > 0 || (first?.op !== "assign" && first?.op !== "do")) return null;
  const { args } = use.call;
  const argument = given(use.call, root) ?? (args[place]?.name === null ? args[place].value : null);
  const isPlain = args.every(({ spread }) => spread === null);
  if (!isPlain || argument?.op !== "name" || !keepsAll(facts, own.body, root)) return null;
  const { call } = use;
  // Only a header of plain names is written on.
  const header = new RegExp(`^def\\s+${own.name}\\s*\\([\\w\\s,]*?(,?\\s*)\\)\\s*:`).exec(
    facts.textOf(own.at),
  );
  const hasName = (name: string) =>
    own.params.some((one) => one.name === name) ||
    expressionsIn(own.body).some((one) => one.op === "name" && one.name === name);
  if (!header) return null;
  const end = own.at.from + header[0].lastIndexOf(")") - (header[1]?.length ?? 0);
  return {
    statement: use.statement,
    root: argument.name,
    handing: (name) =>
      hasName(name)
        ? null
        : [
            inserted(facts, statement.cell, end, `, *, ${name}`),
            inserted(facts, call.at.cell, call.at.to - 1, `, ${name}=${name}`),
          ],
  };
}

function inserted(facts: NotebookFacts, cell: string, at: number, newText: string): Edit {
  const start = positionOf(facts, cell, at);
  return { cellId: cell, range: { start, end: start }, newText };
}

/** Whether a place is in a function inside of another, or is handed its rows by a lambda. */
function isNested(body: readonly Statement[], at: Place): boolean {
  const holds = (one: { readonly at: Place }) => one.at.from <= at.from && one.at.to >= at.to;
  return (
    body.some((one) => (one.op === "function" || one.op === "class" || one.op === "loop") && holds(one)) ||
    expressionsIn(body).some((one) => (one.op === "lambda" || one.op === "each") && holds(one))
  );
}

/** Whether a function keeps all rows of what it is given, under the name that it gives them. */
function keepsAll(facts: NotebookFacts, body: readonly Statement[], name: string): boolean {
  if (changesRows(facts, body)) return false;
  const said = body.flatMap((one) => [...inside(one)]);
  const isGiven = (one: Expression) => one.op === "name" && one.name === name;
  return said.every((one) => {
    if (one.op === "loop") return !one.target || !namesIn(one.target).has(name);
    if (one.op === "bind") return !isGiven(one.target);
    if (one.op !== "assign" || !one.targets.some((target) => namesIn(target).has(name))) return true;
    if (one.targets.every((target) => target.op !== "name" && target.op !== "tuple")) return true;
    const { value } = one;
    const isAsked = value.op === "call" && value.callee.op === "attribute" && rootOf(value) === name;
    return isAsked && one.targets.every(isGiven) && !expressionsIn([value]).some(({ op }) => op === "index");
  });
}

interface Use {
  readonly statement: FlowStatement;
  /** Null where the name is handed on, and nobody knows how often it is called. */
  readonly call: Extract<Expression, { op: "call" }> | null;
}

function usesOf(facts: NotebookFacts, statement: FlowStatement, name: string): Use[] {
  const said = expressionsIn(writtenAs(facts, statement));
  return said
    .filter((one) => one.op === "name" && one.name === name)
    .map((one) => {
      const call = said.find((each) => each.op === "call" && each.callee === one);
      const isOwn = call?.op === "call" && rootOf(call.callee) === name;
      return { statement, call: isOwn ? call : null };
    });
}
