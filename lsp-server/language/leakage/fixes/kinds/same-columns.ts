import type { Evaluation } from "../../facts/values/fit.ts";
import type { Mark } from "../../facts/values/mark.ts";
import type { Edit } from "../../finding.ts";
import type { NotebookFacts } from "../../rule.ts";
import { withoutArgument } from "../call-text.ts";
import type { FixKind } from "../fix-kind.ts";
import type { FlowStatement } from "../flow.ts";
import { isLeftAlone } from "../left-alone.ts";
import { expressionAt, freshName, outermost, positionOf, statementIndex } from "../names.ts";
import { Obstacle } from "../obstacle.ts";

/** Brings the columns that a call makes of the categories at hand to those that the call for the training rows made. */
export const sameColumns: FixKind = {
  id: "same-columns",
  rules: ["dummies-drift"],
  plan({ mark, evaluations = [] }, facts) {
    const partner = mark && partnerOf(facts, mark, evaluations);
    if (!mark) return [];
    if (!partner)
      return new Obstacle(
        "no single call above makes the same columns of the training rows: bring both to one list of columns, or use a fitted encoder",
      );
    const learned = namesColumns(facts, partner, mark);
    if (!learned)
      return new Obstacle(
        "one of the calls stands in a function or a loop: keep the training columns there, and reindex by them",
      );
    // Another first category among these rows would be another column left out.
    const text = facts.textOf(mark.at);
    const whole = withoutArgument(text, "drop_first") ?? text;
    const columns = `${learned.columns}${withoutTarget(facts, mark, evaluations)}`;
    return [
      {
        title: "Bring the columns to those of the training rows",
        kind: "suggestion",
        edits: [
          ...learned.edits,
          {
            cellId: mark.at.cell,
            range: mark.at,
            newText: `${whole}.reindex(columns=${columns}, fill_value=0)`,
          },
        ],
      },
    ];
  },
};

/** The call that makes the same columns of the training rows: the only one that the models' inputs went through, or the only one that says the same of another table. */
function partnerOf(facts: NotebookFacts, mark: Mark, evaluations: readonly Evaluation[]): Mark | null {
  const own = sayingOf(facts, mark);
  if (own === null) return null;
  const all = new Map(
    evaluations.flatMap(({ fit }) =>
      [...fit.inputs.marks.values()]
        .filter(({ kind }) => kind === "dummies")
        .map((one) => [`${one.at.cell}:${one.at.from}`, one] as const),
    ),
  );
  const same = [...all.values()].filter((one) => sayingOf(facts, one) === own);
  const isAbove = (one: Mark) => statementIndex(facts, one.at) < statementIndex(facts, mark.at);
  return same.length === 1 && same[0] && isAbove(same[0]) ? same[0] : null;
}

/** What a call says, whatever the table is called that it says it of; null where it is not of one table. */
function sayingOf(facts: NotebookFacts, { at }: Mark): string | null {
  const call = expressionAt(facts, at);
  const [first] = call?.op === "call" ? call.args : [];
  if (!first || first.spread !== null) return null;
  const table = facts.textOf(first.value.at);
  const [root] = /^[A-Za-z_]\w*(?=$|[[.])/.exec(table) ?? [];
  if (root === undefined) return null;
  const text = facts.textOf(at);
  return text.replace(new RegExp(`(?<![.\\w"'])${root}\\b`, "g"), "").replace(/\s/g, "");
}

/** The columns that the call for the training rows makes, kept before anybody changes them; null where it stands in a block. */
function namesColumns(
  facts: NotebookFacts,
  { at }: Mark,
  later: Mark | undefined,
): { readonly columns: string; readonly edits: readonly Edit[] } | null {
  const statement = outermost(facts, at);
  const user = later && outermost(facts, later.at);
  if (!statement || !user || isBlock(statement) || isBlock(user)) return null;
  const call = facts.textOf(at);
  const target = /^([A-Za-z_]\w*)\s*=\s*/.exec(statement.text);
  const start = { line: positionOf(facts, statement.cell, statement.from).line, character: 0 };
  if (target?.[1] !== undefined && statement.text === target[0] + call) {
    const [name] = [target[1]];
    const [from, until] = [statement, user].map((one) => facts.flow().indexOf(one));
    if (from !== undefined && until !== undefined && isLeftAlone(facts, [name], from, until))
      return { columns: `${name}.columns`, edits: [] };
    const kept = freshName(facts, "dummy_columns");
    const end = positionOf(facts, statement.cell, statement.to);
    return {
      columns: kept,
      edits: [{ cellId: statement.cell, range: { start: end, end }, newText: `\n${kept} = ${name}.columns` }],
    };
  }
  const kept = freshName(facts, "dummies");
  return {
    columns: `${kept}.columns`,
    edits: [
      { cellId: statement.cell, range: { start, end: start }, newText: `${kept} = ${call}\n` },
      { cellId: at.cell, range: at, newText: kept },
    ],
  };
}

function isBlock({ text }: FlowStatement): boolean {
  return /^(async\s+)?(def|class|for|while|with|if|try)\b|^@/.test(text);
}

/** A whole table may hold the answers, which those that are to be answered lack. */
function withoutTarget(facts: NotebookFacts, { at }: Mark, evaluations: readonly Evaluation[]): string {
  const call = expressionAt(facts, at);
  const [first] = call?.op === "call" ? call.args : [];
  const targets = new Set(evaluations.flatMap(({ fit }) => fit.target?.column ?? []));
  if (first?.value.op !== "name" || targets.size === 0) return "";
  return `.drop([${[...targets].map((name) => JSON.stringify(name)).join(", ")}], errors="ignore")`;
}
