import { nullWords } from "../../features/files/null-words.ts";
import { quoteText } from "./quote-name.ts";

/** How a CSV file is laid out, found once; types are DuckDB's names. */
export interface CsvLayout {
  readonly delimiter: string;
  readonly skippedLines: number;
  readonly dateFormat: string | null;
  readonly timestampFormat: string | null;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
}

/**
 * What `read_csv` takes besides the file, so that every engine reads it alike: nothing is detected where it is read, in
 * training, preview, the kernel or the online store. A value that does not fit its column's type is an error there.
 */
export function csvOptions({
  delimiter,
  skippedLines,
  dateFormat,
  timestampFormat,
  columns,
}: CsvLayout): string {
  const types = columns.map(({ name, type }) => `${quoteText(name)}: ${quoteText(type)}`);
  return [
    "auto_detect = false",
    "header = true",
    `skip = ${skippedLines}`,
    `delim = ${quoteText(delimiter)}`,
    `quote = '"'`,
    `escape = '"'`,
    `nullstr = [${nullWords.map(quoteText).join(", ")}]`,
    ...(dateFormat === null ? [] : [`dateformat = ${quoteText(dateFormat)}`]),
    ...(timestampFormat === null ? [] : [`timestampformat = ${quoteText(timestampFormat)}`]),
    `columns = {${types.join(", ")}}`,
  ].join(", ");
}
