import type { Edit } from "../finding.ts";
import type { NotebookFacts } from "../rule.ts";
import type { FlowStatement } from "./flow.ts";
import { positionOf } from "./names.ts";
import { expressionsIn } from "./statements/written.ts";

/** Other names in place of some, wherever a statement reads them. */
export function replaceNames(
  facts: NotebookFacts,
  { cell, from, text }: Pick<FlowStatement, "cell" | "from" | "text">,
  names: ReadonlyMap<string, string>,
): Edit[] {
  const edits: Edit[] = [];
  // Texts and comments are passed over; `name=` names an argument, `.name` an attribute.
  for (const match of text.matchAll(
    /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|#[^\n]*|(?<![.\w])[A-Za-z_]\w*/g,
  )) {
    const name = names.get(match[0]);
    const rest = text.slice(match.index + match[0].length);
    if (name === undefined || /^\s*=(?!=)/.test(rest)) continue;
    const start = positionOf(facts, cell, from + match.index);
    const end = { line: start.line, character: start.character + match[0].length };
    edits.push({ cellId: cell, range: { start, end }, newText: name });
  }
  return [...edits, ...inTexts(facts, { cell, from, to: from + text.length }, names)];
}

/** The same where names are filled into a text: `f"{y_test}"`. */
function inTexts(
  facts: NotebookFacts,
  { cell, from, to }: Pick<FlowStatement, "cell" | "from" | "to">,
  names: ReadonlyMap<string, string>,
): Edit[] {
  const texts = expressionsIn(facts.statementsOf(cell)).filter(
    (one) => one.op === "parts" && one.isText === true && one.at.from >= from && one.at.to <= to,
  );
  const found = new Map<number, Edit>();
  for (const { at, ...one } of expressionsIn(texts)) {
    const newText = one.op === "name" ? names.get(one.name) : undefined;
    if (newText !== undefined) found.set(at.from, { cellId: cell, range: at, newText });
  }
  return [...found.values()];
}
