import type { Evaluation } from "../../facts/values/fit.ts";
import { statementIndex } from "../../fixes/names.ts";
import type { NotebookFacts } from "../../rule.ts";

/**
 * Whether the rows that a model is asked about are surely as a split gave them: they stand there under the name that they got, and nothing between
 * speaks of it but to ask models or to look. What changes each row by itself leaves no other trace.
 */
export function isUntouched(facts: NotebookFacts, { at, inputs }: Evaluation): boolean {
  const [, name, part = ""] = /^([A-Za-z_]\w*)([\s\S]*)$/.exec(facts.textOf(inputs.at)) ?? [];
  if (name === undefined || !/^(\[[^()]*\])?(\.values|\.to_numpy\(\))?$/.test(part)) return false;
  const cuts = new Set(inputs.rows?.limits.map(({ cut }) => cut));
  const split = [...facts.splits.values()].findLast(
    ({ id, targets }) => cuts.has(id) && targets?.includes(name) === true,
  );
  if (!split) return false;
  const [from, to] = [statementIndex(facts, split.statement), statementIndex(facts, at)];
  const isSpokenOf = new RegExp(`\\b${name}\\b`);
  const flow = facts.flow();
  const scalers = flow.flatMap(({ text }) => scaling.exec(text)?.[1] ?? []);
  return (
    from >= 0 &&
    from < to &&
    flow.slice(from + 1, to + 1).every(({ text }) => !isSpokenOf.test(withoutLooking(text, name, scalers)))
  );
}

/** Whether what a model learned from was turned back again, as far as the text that gives it says. */
export function isTurnedBack(facts: NotebookFacts, { fit }: Evaluation): boolean {
  const name = /^[A-Za-z_]\w*/.exec(facts.textOf(fit.inputs.at))?.[0];
  return facts
    .flow()
    .some(
      ({ binds, text }) =>
        name !== undefined && binds.has(name) && /inverse_transform|\bexpm?1?\(|\bsquare\(/.test(text),
    );
}

/** What gives others for the rows that it is given, and leaves those as they are. */
const scaling =
  /^([A-Za-z_]\w*)\s*=\s*(?:\w+\.)*(?:\w+Scaler|PowerTransformer|QuantileTransformer)\((?![^\n]*copy\s*=)/;

/** A text without what asks a model about a name's rows, makes others of them, or only looks at them. */
function withoutLooking(text: string, name: string, scalers: readonly string[]): string {
  const asking = new RegExp(
    `\\.(?:predict|predict_proba|decision_function|score|evaluate)\\(\\s*${name}\\b(?:\\[[^()=]*?\\])?(?=\\s*[,).])`,
    "g",
  );
  const looking = new RegExp(`\\b${name}\\.(?:shape|head|info|describe|dtypes)\\b|\\blen\\(${name}\\)`, "g");
  const made = new RegExp(
    `\\b(?:${["(?!)", ...scalers].join("|")})\\.transform\\(\\s*${name}(?:\\[[^()=]*?\\])?(?:\\.values)?\\s*\\)|\\b${name}\\.copy\\((?:deep=True)?\\)`,
    "g",
  );
  // A part that is handed to a call is a part of its own.
  const reading = new RegExp(`(?<=[(,]\\s*)${name}\\[[^()=]*?\\](?=\\s*[,)])`, "g");
  return [/#[^\n]*/g, asking, looking, made, reading].reduce((left, one) => left.replace(one, ""), text);
}
