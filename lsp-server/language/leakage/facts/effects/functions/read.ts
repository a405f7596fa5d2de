import { argument, constantArgument, textsOf } from "../../calls/arguments.ts";
import { sayUnknownFile } from "../../calls/say-unknown.ts";
import { type FrameFacts, noFrame } from "../../values/frame-facts.ts";
import { unknown } from "../../values/kinds.ts";
import type { Reference } from "../../values/reference.ts";
import { allOf } from "../../values/rows.ts";
import { isTimeName, timeColumnsOf } from "../../values/time-columns.ts";
import { columnTraits, noColumns } from "../../values/traits.ts";
import type { FunctionCall } from "../effect.ts";

/** A table that nobody has seen before. */
export function read(of: FunctionCall): Reference {
  const { program, name, args, call } = of;
  const { store } = program;
  const { at } = call;
  const path = constantArgument(args, 0, "path", "filepath_or_buffer", "io", "source");
  const file = typeof path === "string" ? path : null;
  const schema = file === null ? null : program.schemaOf(file);
  if (schema === null && /^(read|scan)_(?!sql|clipboard)|^(load|genfrom)txt$/.test(name))
    sayUnknownFile(program, file, args, at);
  const chosen = textsOf(argument(args, -1, "columns", "usecols"), store.read);
  const names = chosen ?? schema?.columns ?? null;
  const parsed = textsOf(argument(args, -1, "parse_dates"), store.read) ?? [];
  const table = file === null ? `read:${at.cell}:${at.from}${program.site}` : `file:${file}`;
  return store.allocate({
    ...unknown,
    rows: allOf(table),
    columns: names && new Map(names.map((each) => [each, columnTraits(each)])),
    isClosed: names !== null,
    gone: noColumns,
    frame: {
      ...noFrame,
      file,
      types: schema?.types ?? null,
      index: indexOf(of, parsed),
      timeColumns: [
        ...timeColumnsOf(schema),
        ...parsed.map((each) => ({ name: each, basis: "parsed" as const })),
      ],
    },
  });
}

/** `read_csv(path, index_col="date", parse_dates=True)`. */
function indexOf({ args, call }: FunctionCall, parsed: readonly string[]): FrameFacts["index"] {
  const given = constantArgument(args, -1, "index_col");
  if (given === undefined || given === null || given === false) return null;
  const column = typeof given === "string" ? given : null;
  const isParsed = constantArgument(args, -1, "parse_dates") === true;
  const isNamed = column !== null && (parsed.includes(column) || isTimeName(column));
  return { column, isTime: isParsed || isNamed, at: call.at };
}
