import type { Schema } from "./schema.ts";

/**
 * The schema of a CSV text with a header line, from its beginning; `whole` says that nothing follows.
 *
 * The delimiter is the most frequent of comma, semicolon, tab and bar in the header. Types are those every value seen fits.
 */
export function csvSchema(head: string, whole: boolean): Schema {
  const text = head.replace(/^\uFEFF/, "");
  const delimiter = delimiterOf(text.slice(0, text.search(/\r?\n|$/)));
  const records = split(text, delimiter);
  // What stands after the last line feed may be cut off.
  if (!whole) records.pop();
  const [columns = [], ...rows] = records;
  const types = columns.map((_, at) => typeOfValues(rows.map((row) => row[at] ?? "")));
  return {
    columns,
    types: Object.fromEntries(columns.map((name, at) => [name, types[at] ?? "VARCHAR"])),
    rows: whole ? rows.length : null,
    sample: rows
      .slice(0, 5)
      .map((row) =>
        Object.fromEntries(columns.map((name, at) => [name, valueIn(row[at] ?? "", types[at] ?? "VARCHAR")])),
      ),
  };
}

function delimiterOf(header: string): string {
  const count = (delimiter: string) => header.split(delimiter).length;
  return [",", ";", "\t", "|"].reduce((best, each) => (count(each) > count(best) ? each : best));
}

function split(text: string, delimiter: string): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  let value = "";
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const char = text[at] ?? "";
    if (quoted) {
      if (char !== '"') value += char;
      else if (text[at + 1] === '"') value += text[at++];
      else quoted = false;
    } else if (char === '"' && value === "") quoted = true;
    else if (char === delimiter) {
      record.push(value);
      value = "";
    } else if (char === "\n") {
      records.push([...record, value.replace(/\r$/, "")]);
      record = [];
      value = "";
    } else value += char;
  }
  if (value !== "" || record.length > 0) records.push([...record, value]);
  return records;
}

const shapes: readonly (readonly [string, RegExp])[] = [
  ["BOOLEAN", /^(true|false)$/i],
  ["BIGINT", /^[+-]?\d{1,18}$/],
  ["DOUBLE", /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$|^[+-]?inf(inity)?$|^nan$/i],
  ["DATE", /^\d{4}-\d\d-\d\d$/],
  ["TIMESTAMP", /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d(\.\d+)?)?$/],
  ["TIMESTAMP WITH TIME ZONE", /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d(:?\d\d)?)$/],
];

function typeOfValues(values: readonly string[]): string {
  const stated = values.filter((value) => value !== "");
  if (stated.length === 0) return "VARCHAR";
  return shapes.find(([, shape]) => stated.every((value) => shape.test(value)))?.[0] ?? "VARCHAR";
}

function valueIn(text: string, type: string): string | number | boolean | null {
  if (text === "") return null;
  if (type === "BOOLEAN") return text.toLowerCase() === "true";
  const number = type === "BIGINT" || type === "DOUBLE" ? Number(text) : Number.NaN;
  return Number.isFinite(number) ? number : text;
}
