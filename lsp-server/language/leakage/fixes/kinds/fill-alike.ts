import type { Evaluation } from "../../facts/values/fit.ts";
import type { Mark } from "../../facts/values/mark.ts";
import type { Expression } from "../../ir.ts";
import type { NotebookFacts } from "../../rule.ts";
import type { FixKind } from "../fix-kind.ts";
import { isLeftAlone } from "../left-alone.ts";
import { expressionAt, statementIndex } from "../names.ts";
import { statementsAround } from "../statements/around.ts";
import { pathOf } from "../statements/library-path.ts";
import { type Call, callsIn, expressionsIn, rootOf } from "../statements/written.ts";

/**
 * Where gaps of the training rows were filled with their own mean or median, and those of the rows that a score asks about with theirs: these
 * are filled with the training rows'. Filling leaves a mean and a median what they were, so it is asked of the training rows as they are by then.
 */
export const fillAlike: FixKind = {
  id: "fill-alike",
  rules: ["refit-on-test"],
  plan({ mark, evaluations = [], isOfValidation = false }, facts) {
    const asked = mark && !mark.at.module ? fillAt(facts, mark) : null;
    const [first] = evaluations;
    if (!asked || !first) return [];
    const learned = learnedBy(facts, first, asked);
    if (!learned || !evaluations.every((one) => learnedBy(facts, one, asked)?.root === learned.root))
      return [];
    const [from, until] = [statementIndex(facts, learned.call.at), statementIndex(facts, asked.call.at)];
    if (from < 0 || from >= until || !isLeftAlone(facts, [learned.root], from, until)) return [];
    const rows = `${isOfValidation ? "validation" : "test"} rows`;
    return [
      {
        title: `Fill the ${rows} with what the training rows taught`,
        kind: "suggestion",
        edits: expressionsIn([asked.call]).flatMap((one) =>
          one.op === "name" && one.name === asked.root
            ? [{ cellId: one.at.cell, range: one.at, newText: learned.root }]
            : [],
        ),
      },
    ];
  },
};

/** A mean or a median that a statement of its own fills gaps with. */
interface Filling {
  readonly call: Call;
  /** The name of the table it is of. */
  readonly root: string;
  /** What is computed, of which columns, whatever the table is called. */
  readonly said: string;
}

function fillAt(facts: NotebookFacts, { at }: Pick<Mark, "at">): Filling | null {
  const call = expressionAt(facts, at);
  if (call?.op !== "call") return null;
  const [own, ...around] = statementsAround(facts, at);
  if (!own || around.length > 0 || (own.op !== "assign" && own.op !== "do")) return null;
  const fills = callsIn([own]).some(
    ({ callee, args: [value] }) =>
      callee.op === "attribute" &&
      callee.name === "fillna" &&
      value?.value === call &&
      /^(value)?$/.test(value.name ?? ""),
  );
  const path = pathOf(facts, call.callee);
  const [given, ...told] = call.args;
  const isFunction = path !== null && functions.has(path) && given?.name === null && given.spread === null;
  const isMethod = path === null && call.callee.op === "attribute" && methods.has(call.callee.name);
  const rows = isFunction ? given.value : call.callee.op === "attribute" ? call.callee.of : null;
  const root = rows && rootOf(rows);
  if (!fills || !(isFunction || isMethod) || !rows || root === null) return null;
  const others = isFunction ? told : call.args;
  if (!others.every(({ value, spread }) => value.op === "constant" && spread === null)) return null;
  const text = (one: Expression) => facts.textOf(one.at).replace(/\s/g, "");
  const how = isFunction ? path : call.callee.op === "attribute" ? call.callee.name : "";
  const said = [
    how,
    text(rows).slice(root.length),
    ...others.map(({ name, value }) => `${name}=${text(value)}`),
  ];
  return { call, root, said: said.join() };
}

/** What filling leaves as it is, but for rounding. */
const methods: ReadonlySet<string> = new Set(["mean", "median"]);
const functions: ReadonlySet<string> = new Set([
  "numpy.mean",
  "numpy.median",
  "numpy.nanmean",
  "numpy.nanmedian",
]);

/** The filling of a model's own rows that is the one of the rows it is asked about, of another table; null where there is none, or several. */
function learnedBy(facts: NotebookFacts, { fit }: Evaluation, asked: Filling): Filling | null {
  const fillings = [...fit.inputs.marks.values()]
    .filter(({ kind, at }) => kind === "statistic" && !at.module)
    .flatMap((one) => fillAt(facts, one) ?? []);
  const alike = new Map(
    fillings
      .filter((one) => one.said === asked.said && one.root !== asked.root)
      .map((one) => [one.call, one]),
  );
  const [learned, ...others] = alike.values();
  const isOwn = fillings.some(({ call }) => call === asked.call);
  return learned && others.length === 0 && !isOwn ? learned : null;
}
