import type { NotebookFacts } from "../rule.ts";
import { freshName } from "./names.ts";

/** What a part of the training rows is called: the one that is still learned from, or the one that stands in the place of a test part. */
export function partName(facts: NotebookFacts, name: string, part: "learn" | "valid"): string {
  const renamed = name.replace(/(test|train)(?=_|$|[A-Z])/i, part);
  return freshName(facts, renamed === name ? `${name}_${part}` : renamed);
}
