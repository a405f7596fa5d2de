import { inside } from "../../inside.ts";
import type { Expression, Statement } from "../../ir.ts";
import type { NotebookFacts } from "../../rule.ts";

/** What a cell says, in a comment, a name or a sentence, of many answers that are drawn to see how far apart they are; null where it does not. */
export function manyAnswersIn(facts: NotebookFacts, cell: string): string | null {
  const said = [...facts.commentsOf(cell), ...facts.statementsOf(cell).flatMap((one) => wordsOf(facts, one))];
  for (const one of said) {
    const [purpose] = manyAnswers.exec(one) ?? [];
    if (purpose !== undefined) return purpose;
  }
  return null;
}

/** The names that something said holds, and its sentences: the name of a column or of a file is no sentence. */
function wordsOf(facts: NotebookFacts, said: Statement | Expression): string[] {
  return [...inside(said)].flatMap((one) => {
    switch (one.op) {
      case "name":
      case "attribute":
        return [one.name];
      case "function":
        return [one.name, ...one.params.map(({ name }) => name)];
      case "call":
        return one.args.flatMap(({ name }) => name ?? []);
      case "constant":
        return typeof one.value === "string" ? sentence(one.value) : [];
      case "parts":
        return one.isText ? sentence(facts.textOf(one.at)) : [];
      default:
        return [];
    }
  });
}

function sentence(text: string): string[] {
  return /\s/.test(text.trim()) ? [text] : [];
}

/** Words that stand for that; not those of other matters which hold them: a gradient's, a naive classifier's, a search's. */
const manyAnswers = new RegExp(
  [
    "monte[ _-]?carlo",
    "(?<![a-z0-9])mc[ _-]?(dropout|samples?|pass(es)?|predict\\w*|forward)(?![a-z])",
    "(?<![a-z0-9_])mc_\\w+",
    "(predict|sampl|answer|forward|infer)\\w*[ _]with[ _]dropout",
    "(?<!naive[ _-]?)bayes(?!(ian)?[ _]?(gaussian|opt|ridge|search))\\w*",
    "uncertain\\w*",
    "stochastic(?![ _-]?(gradient|depth|descent|weight|optim))\\w*",
  ].join("|"),
  "i",
);
