import type { NotebookFacts } from "../../rule.ts";
import type { FlowStatement } from "../flow.ts";
import { changed, filling } from "./changes.ts";
import type { Cut } from "./cut.ts";

/** Tables that are put together one behind the other, every row with the label it had. */
export interface Stack {
  readonly statement: FlowStatement;
  /** The table whose rows stand first, and are split. */
  readonly first: string;
  readonly others: readonly string[];
}

/** The statement that puts together the tables whose first rows are split; null where there is none, or where rows get other labels. */
export function stackOf(facts: NotebookFacts, { splits }: Cut): Stack | null {
  const flow = facts.flow();
  const last = flow.findIndex((one) => one.cell === splits[0].at.cell && one.to > splits[0].at.from);
  const found = flow.slice(0, last).flatMap((statement): Stack[] => {
    const [, listed = "", how = ""] = stacking.exec(statement.text) ?? [];
    const [first = "", ...others] = listed.split(",").map((one) => one.trim());
    return others.length === 0 || /ignore_index|keys|axis\s*=\s*(1|["']columns)/.test(how)
      ? []
      : [{ statement, first, others }];
  });
  const [stack] = found;
  return found.length === 1 && stack ? stack : null;
}

const stacking =
  /^\w+\s*=\s*\w+\.concat\(\s*(?:objs\s*=\s*)?[[(]\s*((?:\w+\s*,\s*)+\w+)\s*,?\s*[\])]([^)]*)\)$/;

/**
 * Whether a table answers what a statement asks of another that stands behind it: its columns say what they said when it was read, apart
 * from what filled their gaps, and none that is asked for is dropped.
 */
export function isAsRead(facts: NotebookFacts, table: string, asks: FlowStatement): boolean {
  const before = facts.flow().slice(0, facts.flow().indexOf(asks));
  const [read = "", ...others] = before.map(({ text }) => text).filter((text) => changed(table).test(text));
  const isKept = (text: string) => filling(table).test(text) || leavingOut(table).test(text);
  if (!/\.read_\w+\(/.test(read) || !others.every(isKept)) return false;
  const isDrop = new RegExp(`\\b${table}\\.(drop|pop)\\(|\\bdel ${table}\\[`);
  const drops = before.filter(({ text }) => isDrop.test(text));
  const [asked, dropped] = [namesIn(before, asks), drops.map((one) => namesIn(before, one))];
  if (drops.length === 0) return true;
  return (
    asked.length > 0 &&
    dropped.every((names) => names.length > 0 && !names.some((one) => asked.includes(one)))
  );
}

/** The columns that a statement names, or the lists that it goes through. */
function namesIn(before: readonly FlowStatement[], statement: FlowStatement): string[] {
  const at = before.indexOf(statement);
  const until = at < 0 ? before : before.slice(0, at);
  const lists = [...statement.needs].flatMap((name) => {
    const { text = "" } = until.findLast(({ binds }) => binds.has(name)) ?? {};
    return new RegExp(`^${name}\\s*=\\s*\\[[^\\[\\]]*\\]$`).test(text) ? [text] : [];
  });
  return [statement.text, ...lists].flatMap(namesOf);
}

function namesOf(text: string): string[] {
  const own = [...text.matchAll(/["']([^"']+)["']|\b\w+\.([A-Z]\w*)\b(?!\()/g)].map(
    ([, quoted, plain]) => quoted ?? plain ?? "",
  );
  return own.filter((name) => name !== "columns" && name !== "index" && name !== "ignore");
}

const leavingOut = (table: string) =>
  new RegExp(`^${table}\\s*=\\s*${table}\\.(drop|dropna|drop_duplicates|copy|fillna)\\(`);
