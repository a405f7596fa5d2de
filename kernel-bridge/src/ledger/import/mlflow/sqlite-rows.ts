import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { Failure } from "../../../failure.ts";

/** Undefined where there is no such column. */
export type Value = string | number | null | undefined;

/** Values by column. */
export type Row = Readonly<Record<string, Value>>;

export interface SqliteQuery {
  readonly query: string;
  readonly values?: readonly Value[];
}

/** The rows that each of some queries answers, all asked at once. Fails with `import/database`. */
export type SqliteRows = (queries: readonly SqliteQuery[]) => Promise<readonly (readonly Row[])[]>;

/**
 * Asks an SQLite file, read only, through Python's own library: unlike a reader of the file's bytes it also sees what another process has committed and not
 * yet folded in.
 */
export function sqliteRows(file: string, python: string): SqliteRows {
  return async (queries) => {
    const child = spawn(python, ["-I", "-c", program], { stdio: ["pipe", "pipe", "pipe"] });
    const ended = new Promise<number | null>((resolve) => {
      child.once("error", () => resolve(null));
      child.once("close", resolve);
    });
    child.stdin.on("error", () => undefined);
    child.stdin.end(JSON.stringify({ file, queries }));
    const [lines, said, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
    if (code === 0) {
      const answers = queries.map((): Row[] => []);
      for (const line of lines.split("\n").slice(0, -1)) {
        const [of, row]: [number, Row] = JSON.parse(line);
        answers[of]?.push(row);
      }
      return answers;
    }
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
for of, each in enumerate(asked["queries"]):
    cursor = connection.execute(each["query"], each.get("values", []))
    names = [column[0] for column in cursor.description]
    for row in cursor:
        held = dict(zip(names, row))
        for name, value in held.items():
            if isinstance(value, bytes) or isinstance(value, float) and not math.isfinite(value):
                held[name] = None
        print(json.dumps([of, held]))
`;
