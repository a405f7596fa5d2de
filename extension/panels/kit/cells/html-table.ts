/** A table as texts alone: nothing of the markup it came from is left. */
export interface TextTable {
  readonly rows: readonly (readonly TextCell[])[];
  /** Rows or columns that were too many to be shown. */
  readonly isCut: boolean;
}

interface TextCell {
  readonly text: string;
  readonly isHead: boolean;
  readonly columns: number;
  /** How far down it reaches, as an index of several levels does. */
  readonly rows: number;
}

/**
 * The first table of some markup that is not folded away; null when there is none, or when it is a small part of what the markup says. The markup is parsed in a document of its own, in which nothing runs and
 * nothing is fetched, and only its texts are taken out.
 */
export function htmlTable(html: string): TextTable | null {
  const { body } = new DOMParser().parseFromString(html, "text/html");
  for (const each of body.querySelectorAll("style, script, template")) each.remove();
  const table = [...body.querySelectorAll("table")].find((each) => each.closest("details") === null);
  if (table === undefined || said(table) < said(body) / 2 || table.querySelector("table") !== null)
    return null;
  const rows = [...table.rows];
  const isCut = rows.length > mostRows || rows.some(({ cells }) => cells.length > mostColumns);
  return {
    isCut,
    rows: rows.slice(0, mostRows).map(({ cells }, at) =>
      [...cells].slice(0, mostColumns).map((cell) => ({
        text: (cell.textContent ?? "").trim(),
        isHead: cell.tagName === "TH",
        columns: Math.min(cell.colSpan, mostColumns),
        rows: Math.min(Math.max(1, cell.rowSpan), Math.min(rows.length, mostRows) - at),
      })),
    ),
  };
}

function said(element: Element): number {
  return (element.textContent ?? "").replace(/\s+/g, "").length;
}

const mostRows = 60;
const mostColumns = 40;
