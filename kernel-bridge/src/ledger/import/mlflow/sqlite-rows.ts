import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { Failure } from "../../../failure.ts";

/** Undefined where there is no such column. */
export type Value = string | number | null | undefined;

/** Values by column. */
export type Row = Readonly<Record<string, Value>>;

/** The rows that a query answers. Fails with `import/database`. */
export type SqliteRows = (query: string, values?: readonly Value[]) => Promise<readonly Row[]>;

/**
 * Asks an SQLite file, read only, through Python's own library: unlike a reader of the file's bytes it also sees what another process has committed and not
 * yet folded in.
 */
export function sqliteRows(file: string, python: string): SqliteRows {
  return async (query, values = []) => {
    const child = spawn(python, ["-I", "-c", program], { stdio: ["pipe", "pipe", "pipe"] });
    const ended = new Promise<number | null>((resolve) => {
      child.once("error", () => resolve(null));
      child.once("close", resolve);
    });
    child.stdin.on("error", () => undefined);
    child.stdin.end(JSON.stringify({ file, query, values }));
    const [rows, said, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
    if (code === 0)
      return rows
        .split("\n")
        .slice(0, -1)
        .map((line) => JSON.parse(line));
    const reason = said.trim().split("\n").at(-1) || `${python} could not be run`;
    throw new Failure("import/database", `${file} cannot be read (${reason}). Nothing of it was imported.`, {
      advice:
        "It is an SQLite file that MLflow wrote, and Python's own sqlite3 reads it: --python names one.",
    });
  };
}

const program = `
import json, math, sqlite3, sys
from pathlib import Path

asked = json.load(sys.stdin)
connection = sqlite3.connect(f"{Path(asked['file']).absolute().as_uri()}?mode=ro", uri=True, timeout=30)
connection.text_factory = lambda held: held.decode("utf-8", "replace")
cursor = connection.execute(asked["query"], asked["values"])
names = [column[0] for column in cursor.description]
for row in cursor:
    held = dict(zip(names, row))
    for name, value in held.items():
        if isinstance(value, bytes) or isinstance(value, float) and not math.isfinite(value):
            held[name] = None
    print(json.dumps(held))
`;
