import { methodEffect } from "../../api/known.ts";
import { inside } from "../../inside.ts";
import type { Expression } from "../../ir.ts";
import type { NotebookFacts } from "../../rule.ts";
import { writtenAs } from "../../written-as.ts";
import type { FlowStatement } from "../flow.ts";
import { givenTo } from "../statements/changes.ts";
import { calledName } from "../statements/written.ts";

/** Whether a name surely is a table or a column of pandas before a statement, by the statements that give it, or by what is asked of it until then. */
export function isFrame(facts: NotebookFacts, name: string, before: number): boolean {
  const flow = facts.flow();
  const giver = flow.slice(0, before).findLastIndex(({ binds }) => binds.has(name));
  const own = flow[giver];
  if (giver >= 0 && flow.slice(giver + 1, before + 1).some((one) => asksFrame(facts, one, name))) return true;
  const value = own ? givenTo(facts, own, name) : null;
  return value !== null && isFrameValue(facts, value, giver);
}

/** Whether a statement that runs in any case asks of a name what pandas alone answers. */
function asksFrame(facts: NotebookFacts, statement: FlowStatement, name: string): boolean {
  return writtenAs(facts, statement).some(
    (one) =>
      (one.op === "assign" || one.op === "augment" || one.op === "do") &&
      [...inside(one, false)].some((node) => {
        const asked =
          node.op === "index" && node.of.op === "attribute" && accessors.has(node.of.name)
            ? node.of
            : node.op === "call" && node.callee.op === "attribute" && questions.has(node.callee.name)
              ? node.callee
              : null;
        return asked?.of.op === "name" && asked.of.name === name;
      }),
  );
}

const accessors: ReadonlySet<string> = new Set(["loc", "iloc"]);
const questions: ReadonlySet<string> = new Set(["isnull", "isna", "reset_index"]);

/** The same for an expression. */
export function isFrameValue(facts: NotebookFacts, value: Expression, before: number): boolean {
  switch (value.op) {
    case "name":
      return isFrame(facts, value.name, before);
    case "index":
      return isFrameValue(facts, value.of, before);
    case "attribute":
      return !noTables.has(value.name) && isFrameValue(facts, value.of, before);
    case "unary":
      return isFrameValue(facts, value.of, before);
    case "binary":
      return isFrameValue(facts, value.left, before) || isFrameValue(facts, value.right, before);
    case "choose":
      return isFrameValue(facts, value.chosen, before) && isFrameValue(facts, value.otherwise, before);
    case "call": {
      const name = calledName(value);
      if (value.callee.op !== "attribute") return false;
      const { of } = value.callee;
      if (of.op === "name" && (of.name === facts.imports.get("pandas") || /^(pd|pandas)$/.test(of.name)))
        return name.startsWith("read_") || makers.has(name);
      const effect = methodEffect(name);
      return !noTables.has(name) && !answers.has(effect ?? "") && isFrameValue(facts, of, before);
    }
    default:
      return false;
  }
}

/** Functions of pandas that answer with tables. */
const makers: ReadonlySet<string> = new Set(
  "DataFrame Series concat get_dummies merge merge_asof to_datetime to_numeric".split(" "),
);

/** What is asked of tables and answered with something else. */
const noTables: ReadonlySet<string> = new Set(
  (
    "array as_matrix columns dtype dtypes fit fit_predict fit_transform index ndim predict predict_proba ravel reshape score shape size toarray " +
    "tolist to_dict to_list to_numpy transform values"
  ).split(" "),
);

/** What methods do whose answers are no rows, or rows of another container. */
const answers: ReadonlySet<string> = new Set([
  "statistic",
  "sum",
  "to-array",
  "number",
  "nothing",
  "items",
  "group",
]);
