import { readFile } from "node:fs/promises";
import { dirname, relative, resolve } from "node:path";
import { text } from "node:stream/consumers";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { counted } from "@lookback/kernel-bridge/counted.ts";
import { Failure } from "@lookback/kernel-bridge/failure.ts";
import type { Definitions } from "@lookback/language/features/model.ts";
import { readDefinitions } from "@lookback/language/features/read/read-definitions.ts";
import { readNotebook } from "@lookback/language/notebook/read-notebook.ts";
import { loadPython } from "../../files/load-python.ts";
import { readModules } from "../../files/read-modules.ts";
import { workspaceRoot } from "../../files/workspace-root.ts";
import type { Command } from "../command.ts";
import { compileRequest } from "./compile-request.ts";
import { writeRows } from "./write-rows.ts";

const help = `lookback join FILE --training-set NAME --out rows.csv
lookback join --compile -

Runs a training set's point-in-time join with DuckDB: every row of the spine once, in its order, with the features that
could be read at its moment. FILE is a notebook or a script with the definitions; their paths are relative to it.

  --training-set NAME   which one; may be left out when there is only one
  --out PATH            where to write; .parquet writes Parquet, anything else CSV
  --compile -           reads {"definitions", "trainingSet", "root"} as JSON from standard input and writes
                        {"sql", "digest"}; runs nothing

Exit codes: 0 done, 2 usage or failure.
`;

/** `lookback join`: the training join, from a plain shell. Writes the whole file or none. */
export const join: Command = {
  stop: "heeds",
  help,
  async run(argv, io) {
    const { compile, file, trainingSet, out } = readArguments(argv);
    if (compile) {
      io.out(`${JSON.stringify(await compileRequest(await text(process.stdin)))}\n`);
      return 0;
    }
    if (file === undefined || out === undefined) throw usage("a file and --out are needed.");
    const path = resolve(io.cwd, file);
    const target = resolve(io.cwd, out);
    const began = performance.now();
    const definitions = await definitionsOf(path, io.cwd);
    const name = trainingSet ?? onlyTrainingSet(definitions, file);
    const { rows, leaked, ties } = await writeRows({
      definitions,
      name,
      folder: dirname(path),
      target,
      signal: io.signal,
    });
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    // Rounding must not turn "nearly all" into "all".
    const share = leaked === rows ? Math.sign(rows) * 100 : Math.floor((1000 * leaked) / rows) / 10;
    io.out(
      `${counted(rows, "row")} to ${relative(io.cwd, target) || target} in ${seconds} s. ` +
        `A naive join would have leaked in ${number(leaked)} of them (${share} %).\n`,
    );
    for (const { view, count, created } of ties) {
      io.out(
        `${number(count)} of them ${count === 1 ? "rests" : "rest"} on a tie in ${view}: rows of one ${created ? "key, time and created time" : "key and time"} differ there, and the greatest value was taken.` +
          `${created ? "" : " A created_timestamp_column would decide."}\n`,
      );
    }
    return 0;
  },
};

function readArguments(argv: readonly string[]) {
  const options = {
    "training-set": { type: "string" },
    out: { type: "string" },
    compile: { type: "string" },
  } as const;
  const { values, positionals } = parseArgs({ args: [...argv], options, allowPositionals: true });
  if (values.compile !== undefined && values.compile !== "-") throw usage("--compile reads from `-` only.");
  if (positionals.length > 1) throw usage("it takes one file.");
  return {
    compile: values.compile !== undefined,
    file: positionals[0],
    trainingSet: values["training-set"],
    out: values.out,
  };
}

/** What the file defines, with the scripts of its workspace for what it imports. */
async function definitionsOf(path: string, cwd: string): Promise<Definitions> {
  const source = await readFile(path).catch((cause: unknown) => {
    throw new Failure("join/unreadable", `${path} could not be read. Nothing was written.`, { cause });
  });
  const { value, problems } = readNotebook(source, pathToFileURL(path).href);
  const [problem] = problems.filter(({ unread }) => unread === "file");
  if (problem)
    throw new Failure(problem.code, `${problem.message} Nothing was written.`, { advice: problem.advice });
  const root = await workspaceRoot(dirname(path), cwd);
  return readDefinitions([...(await readModules(value, root)), value], await loadPython(), root);
}

function onlyTrainingSet(definitions: Definitions, file: string): string {
  const names = [...new Set(definitions.trainingSets.map((set) => set.name))];
  if (names.length === 1) return names[0]!;
  if (names.length === 0) {
    throw new Failure("join/no-training-set", `${file} defines no training set. Nothing was written.`, {
      advice: "Define one as TrainingSet(name=…, spine=…, label=…, features=[…]).",
    });
  }
  throw usage(`${file} defines ${names.join(", ")}; name one with --training-set.`);
}

function usage(reason: string): Failure {
  return new Failure("join/usage", `Nothing was written: ${reason}`, {
    advice: "Run `lookback join --help` for the usage.",
  });
}

function number(value: number): string {
  return value.toLocaleString("en-US");
}
