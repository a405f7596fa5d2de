import type { NotebookFacts } from "../../rule.ts";

/** Whether a name surely is a table or a column of pandas before a statement, by the statements that give it. */
export function isFrame(facts: NotebookFacts, name: string, before: number): boolean {
  const flow = facts.flow();
  const giver = flow.slice(0, before).findLastIndex(({ binds }) => binds.has(name));
  const text = flow[giver]?.text ?? "";
  const value = new RegExp(`^${name}\\s*=\\s*([\\s\\S]+)$`).exec(text)?.[1] ?? inTuple(text, name);
  return value !== null && isFrameText(facts, value, giver);
}

/** The same for an expression's text. */
export function isFrameText(facts: NotebookFacts, text: string, before: number): boolean {
  if (
    /\.(values|to_numpy|as_matrix|toarray|tolist|ravel|reshape)\b|\bnp\.|fit_transform\(|\.transform\(/.test(
      text,
    )
  )
    return false;
  if (/^(pd|pandas)\.(read_\w+|DataFrame|get_dummies|merge|concat|Series)\(/.test(text)) return true;
  const root = /^([A-Za-z_]\w*)\s*(\[|$|\.(?!fit|predict|score|shape|columns|index)\w+)/.exec(text)?.[1];
  return root !== undefined && isFrame(facts, root, before);
}

/** What `X, y = a, b` gives a name; null where it is not told apart. */
function inTuple(text: string, name: string): string | null {
  const [targets, value, ...others] = text.split(/(?<![=!<>])=(?!=)/);
  if (targets === undefined || value === undefined || others.length > 0) return null;
  const at = targets.split(",").findIndex((one) => one.trim() === name);
  const values = value.split(/,(?![^[(]*[\])])/);
  return at >= 0 && values.length === targets.split(",").length ? (values[at]?.trim() ?? null) : null;
}
