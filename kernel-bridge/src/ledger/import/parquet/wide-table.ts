import { basename } from "node:path";
import { Failure } from "../../../failure.ts";
import type { Outcome } from "../../format/run.ts";
import {
  type ForeignRun,
  type ForeignRuns,
  type ForeignValue,
  flatValues,
  valueOfText,
} from "../foreign-run.ts";
import { notFinite, outcomeNotSaid } from "./notes.ts";
import { nothing, type ParquetRows, type Row } from "./parquet-rows.ts";
import { timeOfValue } from "./time-of-value.ts";

/** Which column says what of a run, one row a run; of `params`, `metrics` and `tags` how their columns begin. */
export type ParquetMap = Readonly<Record<Field, string | null>>;

const fields = ["id", "name", "group", "created", "ended", "status", "params", "metrics", "tags"] as const;
type Field = (typeof fields)[number];

/** What trackers call them. */
const guesses: Readonly<Record<Field, RegExp>> = {
  id: /^(sys[/.])?(run_?)?id$/i,
  name: /^((sys[/.])?(run_?)?name|tags\.mlflow\.runName)$/i,
  group: /^(sys[/.])?(experiment(_?(id|name))?|project(_?(id|name))?)$/i,
  created: /^(sys[/.])?(creation_?time|created(_?at)?|start_?time|started_?at)$/i,
  ended: /^(sys[/.])?(end_?time|ended_?at|finished_?at)$/i,
  status: /^(sys[/.])?(status|state)$/i,
  params: /^(params?|parameters|config)[./]/i,
  metrics: /^(metrics?|summary)[./]/i,
  tags: /^(sys[/.])?tags([./]|$)/i,
};

/** The runs of a table with a run a row. `said` names columns that are not to be guessed: `id=RunId`. Fails with `import/nothing-there` or `import/bad-map`. */
export async function runsOfWideTable(
  path: string,
  { files, columns, select }: ParquetRows,
  said: readonly string[],
): Promise<ForeignRuns> {
  const named = mapSaid(said);
  const find = (field: Field) =>
    named.get(field) ?? columns.find((name) => guesses[field].test(name)) ?? null;
  const map = Object.fromEntries(fields.map((field) => [field, find(field)])) as ParquetMap;
  const unknown = [...named].find(([field, name]) => !isPrefix(field) && !columns.includes(name));
  if (unknown !== undefined) throw badMap(`${unknown[0]}=${unknown[1]}`, `there is no column ${unknown[1]}`);
  if (map.id === null) throw nothing(path, "None of its columns is the id of a run");
  return runsOf(path, await select("* EXCLUDE (filename)", files), map, named);
}

function isPrefix(field: Field): boolean {
  return field === "params" || field === "metrics" || field === "tags";
}

function mapSaid(said: readonly string[]): Map<Field, string> {
  const named = new Map<Field, string>();
  for (const each of said) {
    const [, field, column] = /^(\w+)=(.+)$/s.exec(each) ?? [];
    const known = fields.find((name) => name === field);
    if (known === undefined || column === undefined) throw badMap(each, "it is not FIELD=COLUMN");
    named.set(known, column);
  }
  return named;
}

async function* runsOf(
  path: string,
  rows: readonly Row[],
  map: ParquetMap,
  named: ReadonlyMap<Field, string>,
): ForeignRuns {
  const seen = new Set<string>();
  for (const [at, row] of rows.entries()) {
    const id = textOf(row, map.id);
    const where = `Row ${at + 1} of ${basename(path)}`;
    if (id === null) yield { problem: `${where} has no id. It was passed over.` };
    else if (seen.has(id))
      yield { problem: `${where} has the id ${id} of a row before it. It was passed over.` };
    else {
      seen.add(id);
      yield runOf(path, row, id, map, named);
    }
  }
}

function runOf(
  path: string,
  row: Row,
  id: string,
  map: ParquetMap,
  named: ReadonlyMap<Field, string>,
): ForeignRun {
  const group = textOf(row, map.group) ?? basename(path).replace(/\.parquet$/i, "");
  const below = (field: Field) => membersBelow(row, named.get(field) ?? guesses[field]);
  const metrics = new Map<string, number[]>();
  let left = 0;
  for (const [name, value] of below("metrics")) {
    const all = (Array.isArray(value) ? value : [value]).filter((each) => each !== null);
    const numbers = all.map(numberIn).filter(Number.isFinite);
    left += all.length - numbers.length;
    if (numbers.length > 0) metrics.set(name, numbers);
  }
  const parameters: Record<string, ForeignValue> = {};
  for (const [name, value] of below("params"))
    if (typeof value === "string") parameters[name] = valueOfText(value);
    else if (value !== null) Object.assign(parameters, flatValues(value, name));
  const tags = below("tags").flatMap(([name, value]) => {
    if (value === null) return [];
    const list = Array.isArray(value) ? value.map(String) : [String(value)];
    return name === "" ? list : list.map((each) => `${name}: ${each}`);
  });
  return {
    tool: "Parquet",
    identity: `${group}/${id}`,
    group,
    name: textOf(row, map.name),
    startedAt: timeOfValue(textOf(row, map.created)),
    endedAt: timeOfValue(textOf(row, map.ended)),
    outcome: outcomeOf(textOf(row, map.status)),
    parameters,
    metrics,
    tags,
    remarks: [],
    author: null,
    gitHead: null,
    data: [],
    models: [],
    notes: [
      ...(left === 0 ? [] : [notFinite(left)]),
      ...(isOutcomeSaid(textOf(row, map.status)) ? [] : [outcomeNotSaid]),
    ],
  };
}

/** Columns whose names begin so, by the rest of their names. */
function membersBelow(row: Row, begin: string | RegExp): [string, unknown][] {
  return Object.entries(row).flatMap(([name, value]): [string, unknown][] => {
    const head = typeof begin === "string" ? (name.startsWith(begin) ? begin : null) : begin.exec(name)?.[0];
    return head == null ? [] : [[name.slice(head.length), value]];
  });
}

function textOf(row: Row, column: string | null): string | null {
  const value = column === null ? null : row[column];
  return value === null || value === undefined || value === "" ? null : String(value);
}

/** What has no number in it is none: an empty text would count as 0, and a yes as 1. */
function numberIn(value: unknown): number {
  if (typeof value === "number") return value;
  return typeof value === "string" && value.trim() !== "" ? Number(value) : Number.NaN;
}

function outcomeOf(status: string | null): Outcome {
  if (status !== null && failed.test(status))
    return { kind: "error", name: status, message: "The export does not say why.", cellId: "imported" };
  if (status !== null && broken.test(status)) return { kind: "interrupted", cellId: null };
  return { kind: "ok" };
}

/** A word that is not known says nothing. */
function isOutcomeSaid(status: string | null): boolean {
  return status !== null && [failed, broken, ended].some((words) => words.test(status));
}

const failed = /fail|error|crash/i;
const broken = /kill|abort|running|interrupt|stopp?ed/i;
const ended = /finish|success|succeed|complete|done|^ok$|inactive/i;

function badMap(said: string, why: string): Failure {
  return new Failure("import/bad-map", `--map ${said} cannot be followed: ${why}. Nothing was imported.`, {
    advice: `FIELD is one of ${fields.join(", ")}.`,
  });
}
