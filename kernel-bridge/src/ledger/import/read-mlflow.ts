import { basename, join } from "node:path";
import { Failure } from "../../failure.ts";
import type { Note, Outcome } from "../format/run.ts";
import type { ForeignData, ForeignRun, ForeignRuns, ForeignValue } from "./foreign-run.ts";
import { valueOfText } from "./foreign-run.ts";
import { loggedInputs } from "./mlflow-inputs.ts";
import { filesBelow, foldersIn, readSmall, yamlObject } from "./read-small.ts";

/** The runs of an MLflow file store: the folder `mlruns`, or the one it lies in. Fails with `import/nothing-there`. */
export async function readMlflow(path: string): Promise<ForeignRuns> {
  for (const folder of [join(path, "mlruns"), path]) {
    const experiments: string[] = [];
    for (const name of await foldersIn(folder))
      if (yamlObject(await readSmall(join(folder, name, "meta.yaml"))) !== null || /^\d+$/.test(name))
        experiments.push(name);
    if (experiments.length > 0) return runsOf(folder, experiments);
  }
  throw new Failure(
    "import/nothing-there",
    `${path} holds no runs of MLflow as files. Nothing was imported.`,
    {
      advice:
        "Name the folder `mlruns`. Of a store in a database or on a server `mlflow artifacts` and its export to files come first.",
    },
  );
}

async function* runsOf(store: string, experiments: readonly string[]): ForeignRuns {
  for (const experiment of experiments) {
    const folder = join(store, experiment);
    const meta = yamlObject(await readSmall(join(folder, "meta.yaml")));
    const group = textOf(meta?.name) ?? experiment;
    if (meta === null)
      yield {
        problem: `The experiment ${experiment} has no meta.yaml that can be read: its runs are named after its folder.`,
      };
    for (const id of await foldersIn(folder)) {
      if (notRuns.has(id)) continue;
      const run = await runAt(folder, group, id).catch((cause: unknown) => ({
        problem: `The run ${id} of ${group} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}. It was passed over.`,
      }));
      if (run !== null) yield run;
    }
  }
}

/** What lies beside the runs of an experiment. */
const notRuns = new Set(["datasets", "models", "traces", "tags"]);

async function runAt(
  experiment: string,
  group: string,
  id: string,
): Promise<ForeignRun | { readonly problem: string }> {
  const folder = join(experiment, id);
  const meta = yamlObject(await readSmall(join(folder, "meta.yaml")));
  if (meta === null)
    return { problem: `The run ${id} of ${group} has no meta.yaml that can be read. It was passed over.` };
  if (meta.lifecycle_stage === "deleted")
    return { problem: `The run ${id} of ${group} is deleted in MLflow. It was passed over.` };
  const notes: Note[] = [];
  const tags = await textsIn(join(folder, "tags"), notes);
  const metrics = await metricsIn(join(folder, "metrics"), notes);
  const parameters: Record<string, ForeignValue> = {};
  for (const [name, text] of await textsIn(join(folder, "params"), notes))
    parameters[name] = valueOfText(text);
  const place = `mlflow/${basename(experiment)}/${id}`;
  const { data, models } = await writtenBy(experiment, folder, place, tags, notes);
  return {
    tool: "MLflow",
    identity: textOf(meta.run_id) ?? textOf(meta.run_uuid) ?? id,
    group,
    name: tags.get("mlflow.runName") ?? textOf(meta.run_name),
    startedAt: numberOf(meta.start_time),
    endedAt: numberOf(meta.end_time),
    outcome: outcomeOf(meta.status),
    parameters,
    metrics,
    tags: [...tags].flatMap(([name, text]) => (name.startsWith("mlflow.") ? [] : [`${name}: ${text}`])),
    remarks: [tags.get("mlflow.note.content") ?? ""].filter((text) => text !== ""),
    author: tags.get("mlflow.user") ?? textOf(meta.user_id),
    gitHead: /^[0-9a-f]{40}$/.exec(tags.get("mlflow.source.git.commit") ?? "")?.[0] ?? null,
    data: [...(await loggedInputs(experiment, id)), ...data],
    models,
    notes,
  };
}

/** Its artifacts, and those of the models that it logged, as data that it wrote. */
async function writtenBy(
  experiment: string,
  folder: string,
  place: string,
  tags: ReadonlyMap<string, string>,
  notes: Note[],
): Promise<Pick<ForeignRun, "data" | "models">> {
  const data: ForeignData[] = [];
  const models: { className: string; saved: string[] }[] = [];
  const take = async (from: string, to: string) => {
    const { files, links } = await filesBelow(from);
    for (const link of links)
      notes.push({
        code: "import/link",
        message: `${to}/${link} is a link: what it leads to was not imported.`,
      });
    for (const path of files)
      data.push({
        path: `${to}/${path}`,
        access: "write",
        rows: null,
        columns: null,
        bytes: new Map([["", join(from, path)]]),
        isFolder: false,
        missing: null,
      });
    for (const path of files.filter((each) => basename(each) === "MLmodel")) {
      const flavors = yamlObject(await readSmall(join(from, path)))?.flavors;
      const flavor = Object.keys(typeof flavors === "object" && flavors !== null ? flavors : {}).find(
        (name) => name !== "python_function",
      );
      const within = path.slice(0, -"MLmodel".length);
      const saved = files.filter((each) => each.startsWith(within)).map((each) => `${to}/${each}`);
      // Only autologging says the class.
      models.push({
        className: tags.get("estimator_class") ?? `${flavor ?? "unknown"} (class not known)`,
        saved,
      });
    }
  };
  await take(join(folder, "artifacts"), `${place}/artifacts`);
  for (const id of await foldersIn(join(folder, "outputs")))
    if (/^m-[0-9a-f]+$/.test(id))
      await take(join(experiment, "models", id, "artifacts"), `${place}/models/${id}`);
  const estimator = tags.get("estimator_class");
  if (models.length === 0 && estimator !== undefined) models.push({ className: estimator, saved: [] });
  return { data, models };
}

async function textsIn(folder: string, notes: Note[]): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>();
  for (const name of (await filesBelow(folder)).files) {
    const text = await readSmall(join(folder, name));
    if (text === null)
      notes.push({ code: "import/unread", message: `${name} of ${basename(folder)} could not be read.` });
    else texts.set(name, text);
  }
  return texts;
}

/** Lines of time, value and step: by step, then by time, as MLflow orders them. */
async function metricsIn(folder: string, notes: Note[]): Promise<ReadonlyMap<string, readonly number[]>> {
  const metrics = new Map<string, readonly number[]>();
  for (const [name, text] of await textsIn(folder, notes)) {
    const rows = text.split("\n").flatMap((line) => {
      const [at, value, step = "0"] = line.trim().split(/\s+/);
      return value === undefined
        ? []
        : [{ at: Number(at), value: numberOfPython(value), step: Number(step) }];
    });
    rows.sort((a, b) => a.step - b.step || a.at - b.at);
    const values = rows.map(({ value }) => value).filter(Number.isFinite);
    if (values.length < rows.length)
      notes.push({
        code: "import/not-finite",
        message: `${rows.length - values.length} of ${rows.length} values of the metric ${name} are no finite numbers, and were left out.`,
      });
    if (values.length > 0) metrics.set(name, values);
  }
  return metrics;
}

function numberOfPython(text: string): number {
  return text === "" ? Number.NaN : Number(text);
}

/** MLflow's numbers for how a run ended. */
function outcomeOf(status: unknown): Outcome {
  const said = typeof status === "string" ? status : (statuses[Number(status)] ?? "");
  if (said === "FINISHED") return { kind: "ok" };
  if (said === "FAILED")
    return { kind: "error", name: "FAILED", message: "MLflow does not say why.", cellId: "imported" };
  return { kind: "interrupted", cellId: null };
}

const statuses: Readonly<Record<number, string>> = {
  1: "RUNNING",
  2: "SCHEDULED",
  3: "FINISHED",
  4: "FAILED",
  5: "KILLED",
};

function textOf(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

function numberOf(value: unknown): number | null {
  return typeof value === "number" && Number.isFinite(value) && Math.abs(value) < 8.64e15 ? value : null;
}
