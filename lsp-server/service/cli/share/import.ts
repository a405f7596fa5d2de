import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { counted } from "@lookback/kernel-bridge/counted.ts";
import { Failure } from "@lookback/kernel-bridge/failure.ts";
import { findPython } from "@lookback/kernel-bridge/kernels/find-python.ts";
import type { ForeignRuns } from "@lookback/kernel-bridge/ledger/import/foreign-run.ts";
import { importRuns, planImport } from "@lookback/kernel-bridge/ledger/import/import-runs.ts";
import { readMlflow } from "@lookback/kernel-bridge/ledger/import/mlflow/read-mlflow.ts";
import { readParquet } from "@lookback/kernel-bridge/ledger/import/parquet/read-parquet.ts";
import { readDvc } from "@lookback/kernel-bridge/ledger/import/read-dvc.ts";
import { findStore } from "@lookback/kernel-bridge/ledger/store/find-store.ts";
import { layStore } from "@lookback/kernel-bridge/ledger/store/lay-store.ts";
import type { Command } from "../command.ts";
import { pythonAt } from "../workspace.ts";

const help = `lookback import --from mlflow|dvc|parquet PATH [--map FIELD=COLUMN]… [--python PATH] [--dry-run] [--json]

Adds another tool's runs to those of this workspace, with their parameters, metrics as series, tags and artifacts. What the tool does not
know is said in each run. What was imported before is left as it is, also where it was deleted since; --dry-run says what would be added.

  mlflow   the folder in which MLflow was used, its \`mlruns\`, or its SQLite file \`mlflow.db\`, which the Python that --python names
           reads: runs, logged inputs, artifacts and models that lie beside it
  dvc      a project: its newest commit and its experiments, with what its cache has of their data
  parquet  a file, or a folder of them: a table with a run a row, or Neptune's export with a row for each value, whose files are taken
           from the folder \`files\` beside it; --map names columns of a run that are not guessed right: id=RunId, name, group, created, ended,
           status, and how those of params, metrics and tags begin (metrics=score:)

Secrets are replaced as everywhere; links are not followed.

Exit codes: 0 all of it is here, 1 something was passed over and is named, 2 usage or failure (what was imported stays).
`;

interface Asked {
  readonly map: readonly string[];
  readonly python: () => Promise<string>;
}

const readers: Readonly<Record<string, (path: string, asked: Asked) => Promise<ForeignRuns>>> = {
  mlflow: (path, { python }) => readMlflow(path, python),
  dvc: (path) => readDvc(path),
  parquet: (path, { map }) => readParquet(path, map),
};

/** `lookback import`: the runs of other tools. */
export const importCommand: Command = {
  help,
  stop: "heeds",
  async run(argv, io) {
    const { values, positionals } = parseArgs({
      args: [...argv],
      options: {
        from: { type: "string" },
        map: { type: "string", multiple: true, default: [] },
        python: { type: "string" },
        "dry-run": { type: "boolean", default: false },
        json: { type: "boolean", default: false },
      },
      allowPositionals: true,
    });
    const [path, ...more] = positionals;
    const read = Object.hasOwn(readers, values.from ?? "") ? readers[values.from!] : undefined;
    const isMapped = values.map.length > 0 && values.from !== "parquet";
    if (read === undefined || path === undefined || more.length > 0 || isMapped)
      throw new Failure(
        "import/usage",
        "It takes --from and one path, and --map of a table alone. Nothing was imported.",
        {
          advice: help,
        },
      );
    const found = await findStore(io.cwd);
    const named = values.python === undefined ? undefined : pythonAt(io.cwd, values.python);
    const runs = await read(resolve(io.cwd, path), {
      map: values.map,
      python: () => findPython(io.cwd, named, io.env),
    });
    const importing = { signal: io.signal, onProgress: (says: string) => io.err(`${says} …\n`) };
    const isPlan = values["dry-run"];
    const done = isPlan
      ? await planImport(found, runs, importing)
      : await importRuns(await layStore(found), runs, importing);
    if (values.json) io.out(`${JSON.stringify(done, null, 2)}\n`);
    else {
      for (const { id, group, name } of done.added)
        io.out(`${[id, group, name ?? ""].join("  ").trimEnd()}\n`);
      const known = done.known > 0 ? `; ${counted(done.known, "run")} imported before` : "";
      io.out(`${counted(done.added.length, "run")} ${isPlan ? "would be imported" : "imported"}${known}.\n`);
    }
    for (const problem of done.problems) io.err(`${problem}\n`);
    return done.problems.length > 0 ? 1 : 0;
  },
};
