import type { Place } from "../../ir.ts";
import type { Program } from "../program.ts";
import type { Fit } from "../values/fit.ts";
import { constantOf } from "../values/kinds.ts";
import type { Passed, Value } from "../values/value.ts";
import { argument } from "./arguments.ts";

/** Notes what a call writes into a file whose name is written out: `frame.to_csv(path)`, `joblib.dump(model, path)`. */
export function noteWritten(
  program: Program,
  name: string,
  owner: Value | null,
  args: readonly Passed[],
  at: Place,
): void {
  const table = tableMade(name, owner, args);
  if (table !== null) program.files.set(tableFile(table.name), { ...table.of, owner: null });
  noteSaved(program, name, owner, args, at);
  const isMethod =
    owner !== null && /^(to|write)_(csv|parquet|pickle|feather|excel|json|hdf|stata|ipc)$/.test(name);
  const isPathFirst = name === "save" || name === "savetxt" || name === "savez";
  if (!isMethod && !isPathFirst && name !== "dump") return;
  const path =
    isMethod || isPathFirst
      ? argument(args, 0, "path", "path_or_buf", "file", "fname", "excel_writer")
      : argument(args, 1, "filename", "file");
  const written = isMethod ? owner : args[isPathFirst ? 1 : 0]?.value;
  const file = constantOf(path?.value);
  if (typeof file === "string" && written) program.files.set(file, { ...written, owner: null });
}

/** Notes a model that a call writes into a file, alone or among others: `joblib.dump((scaler, model), path)`, `network.save(path)`. */
function noteSaved(
  { store, facts }: Program,
  name: string,
  owner: Value | null,
  args: readonly Passed[],
  at: Place,
): void {
  const isSaving =
    /^(dump|dumps|export|save|save_model|save_weights|savetxt|savez|log_model|to_disk|to_json|to_pickle)$/.test(
      name,
    );
  if (!isSaving) return;
  const fits: Fit[] = [];
  const learned = new Set<string>();
  const gather = (value: Value, depth: number): void => {
    // A number that was learned, alone or among others.
    for (const { kind, id } of value.rows === null ? value.rest.marks.values() : [])
      if (kind === "statistic") learned.add(id);
    if (value.model) {
      fits.push(...value.model.fits);
      for (const id of value.model.learned.keys()) learned.add(id);
      for (const part of value.model.parts) gather(store.read(part), depth);
    }
    if (depth === 0 || value.kind === "module") return;
    for (const item of value.items ?? value.entries?.values() ?? []) gather(store.read(item), depth - 1);
  };
  for (const value of [...(owner ? [owner] : []), ...args.map((arg) => arg.value)]) gather(value, 3);
  if (fits.length > 0 || learned.size > 0) facts.saved.set(`${at.cell}:${at.from}`, { at, fits, learned });
}

/** A table that a call gives a name in a database: `frame.to_sql(name)`, `con.register(name, frame)`, `frame.createOrReplaceTempView(name)`. */
function tableMade(
  name: string,
  owner: Value | null,
  args: readonly Passed[],
): { readonly name: string; readonly of: Value } | null {
  const isOwn =
    /^(to_sql|to_gbq|write_database|saveAsTable|registerTempTable|create\w*TempView|to_table|create_view)$/.test(
      name,
    );
  const [first, second] = args;
  const of = isOwn ? owner : name === "register" ? (second?.value ?? null) : null;
  const called = constantOf(first?.value);
  return of?.rows && typeof called === "string" ? { name: called, of } : null;
}

/** Where a table of a database is noted: no path has this form. */
export function tableFile(name: string): string {
  return `table:${name}`;
}

/** What the notebook itself wrote into the file that a call reads; null when it wrote none of that name. */
export function writtenBefore(program: Program, name: string, args: readonly Passed[]): Value | null {
  if (!/^(read_\w+|scan_\w+|load|loadtxt|genfromtxt)$/.test(name)) return null;
  const file = constantOf(
    argument(args, 0, "path", "filepath_or_buffer", "io", "source", "filename", "file", "fname")?.value,
  );
  return (typeof file === "string" ? program.files.get(file) : undefined) ?? null;
}
