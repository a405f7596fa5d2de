import type { NotebookFacts } from "../rule.ts";
import { freshName } from "./names.ts";

/** What the validation part is called that stands in the place of a test part, or is taken from a training part. */
export function validName(facts: NotebookFacts, name: string): string {
  const renamed = name.replace(/(test|train)(?=_|$|[A-Z])/i, "valid");
  return freshName(facts, renamed === name ? `${name}_valid` : renamed);
}
