import type { NotebookFacts } from "../../rule.ts";

/** Whether a name surely is a table or a column of pandas before a statement, by the statements that give it, or by what is asked of it until then. */
export function isFrame(facts: NotebookFacts, name: string, before: number): boolean {
  const flow = facts.flow();
  const giver = flow.slice(0, before).findLastIndex(({ binds }) => binds.has(name));
  const value = givenTo(flow[giver]?.text ?? "", name);
  if (giver >= 0 && flow.slice(giver + 1, before + 1).some((one) => asksFrame(one.text, name))) return true;
  return value !== null && isFrameText(facts, value, giver);
}

/** Whether a statement that runs in any case asks of a name what pandas alone answers. */
function asksFrame(text: string, name: string): boolean {
  const isBranch = /^(if|for|while|try|with|def|class|async|@)/.test(text);
  return (
    !isBranch &&
    new RegExp(`(?<![.\\w"'])${name}\\.(i?loc\\[|isnull\\(\\)|isna\\(\\)|reset_index\\()`).test(text)
  );
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

/** What a statement, `X = a` or `X, y = a, b`, gives a name, as text; null where it is not told apart. */
export function givenTo(statement: string, name: string): string | null {
  return new RegExp(`^${name}\\s*=(?!=)\\s*([\\s\\S]+)$`).exec(statement)?.[1] ?? inTuple(statement, name);
}

/** What `X, y = a, b` gives a name; null where it is not told apart. */
function inTuple(text: string, name: string): string | null {
  const [, targets, value] = /^((?:\w+\s*,\s*)+\w+)\s*=(?!=)\s*([\s\S]+)$/.exec(text) ?? [];
  if (targets === undefined || value === undefined) return null;
  const at = targets.split(",").findIndex((one) => one.trim() === name);
  const values = value.split(/,(?![^[(]*[\])])/);
  return at >= 0 && values.length === targets.split(",").length ? (values[at]?.trim() ?? null) : null;
}
