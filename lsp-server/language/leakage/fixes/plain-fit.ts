import type { Fit } from "../facts/values/fit.ts";
import type { NotebookFacts } from "../rule.ts";
import { expressionAt } from "./names.ts";

/** Whether a model was told nothing but rows and labels when it learned: folds that fit it anew would not tell it weights, or when to stop. */
export function isPlainFit(facts: NotebookFacts, { at }: Fit): boolean {
  const call = expressionAt(facts, at);
  if (call?.op !== "call") return false;
  return call.args.every(
    ({ name, spread }, place) =>
      spread === null && (name === null ? place < 2 : /^(X|y|verbose)$/.test(name)),
  );
}
