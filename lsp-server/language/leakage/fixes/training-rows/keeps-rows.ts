import type { Place } from "../../ir.ts";
import type { NotebookFacts } from "../../rule.ts";
import type { FlowStatement } from "../flow.ts";
import { statementIndex } from "../names.ts";

/** Whether nothing from a statement up to some later ones may leave rows out of what these take, add some, or put them in another order: what counts rows then counts others. A statement that is known to leave those in question where they are is passed over. */
export function keepsRows(
  facts: NotebookFacts,
  first: FlowStatement,
  until: readonly Place[],
  known?: FlowStatement,
): boolean {
  return !makers(facts, facts.flow().indexOf(first), until).some(
    (text) => text !== known?.text && changing.some((one) => one.test(text)),
  );
}

/** Whether nothing from a statement up to some later ones may put what these take into another order. */
export function keepsOrder(facts: NotebookFacts, first: FlowStatement, until: readonly Place[]): boolean {
  return !makers(facts, facts.flow().indexOf(first), until).some((text) =>
    moving.some((one) => one.test(text)),
  );
}

/** Whether every row keeps a label of its own up to some statements, as it does from a file that is read with row numbers; apart from a statement that is known to keep them. */
export function keepsLabels(facts: NotebookFacts, until: readonly Place[], known?: FlowStatement): boolean {
  return !makers(facts, 0, until).some(
    (text) => text !== known?.text && renaming.some((one) => one.test(text)),
  );
}

/** Whether a name holds rows that a condition picked for the second time: by the text they are the same rows, but its columns may say something else by then. */
export function isPickedAgain(facts: NotebookFacts, name: string, at: Place): boolean {
  const before = facts.flow().slice(0, statementIndex(facts, at));
  const giver = before.findLastIndex(({ binds }) => binds.has(name));
  const condition = conditionOf(before[giver]?.text ?? "");
  return condition !== null && before.slice(0, giver).some(({ text }) => conditionOf(text) === condition);
}

/** `rows = table[table["column"] > 5]`: its condition, whatever the table is called and however the column is written. */
function conditionOf(text: string): string | null {
  const [, condition] = /=\s*\w+(?:\.loc)?\[([^=<>!]*[=<>!]=?[\s\S]*)\]$/.exec(text) ?? [];
  return (
    condition
      ?.replace(/\w+(?:\[["'](\w+)["']\]|\.(\w+))/g, (_, named, own) => named ?? own)
      .replace(/\s+/g, "") ?? null
  );
}

/** The texts of the statements, from one on, that make what some later ones take. */
function makers(facts: NotebookFacts, from: number, until: readonly Place[]): string[] {
  const flow = facts.flow();
  const ends = until.map((place) => statementIndex(facts, place));
  const texts: string[] = [];
  const wanted = new Set<string>();
  for (let at = Math.max(...ends); at >= from; at--) {
    const statement = flow[at];
    if (!statement) continue;
    const [root = ""] = /[A-Za-z_]\w*/.exec(statement.text) ?? [];
    const isChange = (wanted.has(root) && !isOnlyAsked(statement.text)) || /\bshuffle\(/.test(statement.text);
    if (!ends.includes(at) && !isChange && ![...statement.binds].some((name) => wanted.has(name))) continue;
    texts.push(statement.text);
    for (const name of statement.needs) if (!isIndexAlone(name, statement.text)) wanted.add(name);
  }
  return texts;
}

/** Whether a statement asks something of a name and leaves it as it is: `df.sort_values("a").head()`. */
function isOnlyAsked(text: string): boolean {
  const isBlock = /^(if|for|while|with|try|def|class|async|return|del)\b/.test(text);
  const isCall = /^\w+(\.\w+|\[[^\]=]*\])*[.(]/.test(text) || /^\((?![\s\S]*[)\]]\s*=(?!=))/.test(text);
  const isGiven = /^[^(]*(?<![=!<>])=(?!=)/.test(text);
  const isMade = /^\w+\.(append|extend|insert|pop|sort|remove|reverse|clear|update|resize)\(/.test(text);
  return isCall && !isBlock && !isGiven && !isMade && !/\binplace\b|\bout\s*=/.test(text);
}

/** Whether a text only picks by a name: `rows[name]`. Which rows that leaves is known without their text. */
function isIndexAlone(name: string, text: string): boolean {
  const uses = (around: string, after: string) =>
    text.match(new RegExp(`${around}(?<![.\\w"'])${name}\\b${after}`, "g"))?.length ?? 0;
  return uses("(?<=[\\w\\])]\\[\\s*)", "(?=\\s*\\])") === uses("", "(?![\"'])");
}

const renaming = [
  /\b(index_col|ignore_index|set_index|reset_index|explode|reindex|append|merge|concat|stack|melt|repeat|resample|SMOTE\w*)\b(?![\s\S]*axis\s*=\s*(1|["']columns))/,
  /\.index\s*=(?!=)/,
];

const moving = [
  /\b(sample|sort_values|sort_index|sort|sorted|merge|join|nlargest|nsmallest|append|reindex\w*|reverse|take|pivot\w*|melt|stack|explode)\(/,
  /\b(shuffle|permutation|permuted|lexsort|argsort|flip|flipud|roll)\(|\[[^\]]*::|\.i?loc\[\s*[a-z_]\w*\s*[\],]/,
  /\b(concat|concatenate|vstack)\((?![\s\S]*axis\s*=\s*(1|["']columns))/,
];

const changing = [
  /\.(sample|sort_values|sort_index|sort|merge|join|resample|nlargest|nsmallest|explode|append|dropna|drop_duplicates|query|reindex|stack|melt|pivot_table|pivot)\(/,
  /\b(shuffle|merge|permutation|permuted|lexsort|argsort|read_\w+)\(/,
  /\.(take|truncate|sort|reverse|compress|reindex_like|align)\(|\b(np|numpy)\.(flip|flipud|roll|take|sort|compress|delete|insert|repeat|unique)\(/,
  /\.(head|tail)\(/,
  // Turned around, or every other one.
  /\[[^\]]*::/,
  /\bconcat\((?![\s\S]*axis\s*=\s*(1|["']columns))/,
  /\.drop\([^)]*(\.index|index\s*=)/,
  /\.drop\(\s*\[?\s*\d/,
  /\.drop\((?![\s\S]*(axis\s*=\s*(1|["']columns)|columns\s*=|,\s*1\s*[,)]))/,
];
