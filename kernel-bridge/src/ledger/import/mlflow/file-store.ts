import { basename, join } from "node:path";
import type { Note } from "../../format/run.ts";
import type { ForeignData } from "../foreign-run.ts";
import { filesBelow, foldersIn, readSmall, yamlObject } from "../read-small.ts";
import { loggedInput } from "./logged-input.ts";
import { savedIn } from "./saved-files.ts";
import { type MetricPoint, type StoredRun, textOf } from "./stored-run.ts";

/** The experiments that MLflow keeps as files in a folder; none where it keeps only artifacts there. */
export async function experimentsIn(folder: string): Promise<string[]> {
  const experiments: string[] = [];
  for (const name of await foldersIn(folder)) {
    const hasMeta = yamlObject(await readSmall(join(folder, name, "meta.yaml"))) !== null;
    if (hasMeta || (/^\d+$/.test(name) && (await hasRuns(join(folder, name))))) experiments.push(name);
  }
  return experiments;
}

/** The runs of some experiments. */
export async function* runsOfFiles(
  store: string,
  experiments: readonly string[],
): AsyncIterable<StoredRun | { readonly problem: string }> {
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
      yield await runAt(folder, group, id).catch((cause: unknown) => ({
        problem: `The run ${id} of ${group} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}. It was passed over.`,
      }));
    }
  }
}

/** What lies beside the runs of an experiment. */
const notRuns = new Set(["datasets", "models", "traces", "tags"]);

/** Those that lost their `meta.yaml`, too: a run that is kept elsewhere has only its artifacts here. */
async function hasRuns(experiment: string): Promise<boolean> {
  for (const id of await foldersIn(experiment)) {
    if (notRuns.has(id)) continue;
    if ((await readSmall(join(experiment, id, "meta.yaml"))) !== null) return true;
    if ((await foldersIn(join(experiment, id))).some((name) => ofRuns.has(name))) return true;
  }
  return false;
}

/** What a run has in files alone. */
const ofRuns = new Set(["metrics", "params", "tags", "inputs", "outputs"]);

async function runAt(
  experiment: string,
  group: string,
  id: string,
): Promise<StoredRun | { readonly problem: string }> {
  const folder = join(experiment, id);
  const meta = yamlObject(await readSmall(join(folder, "meta.yaml")));
  if (meta === null)
    return { problem: `The run ${id} of ${group} has no meta.yaml that can be read. It was passed over.` };
  if (meta.lifecycle_stage === "deleted")
    return { problem: `The run ${id} of ${group} is deleted in MLflow. It was passed over.` };
  const notes: Note[] = [];
  const place = `mlflow/${basename(experiment)}/${id}`;
  const saved = new Map([[`${place}/artifacts`, join(folder, "artifacts")]]);
  for (const model of await foldersIn(join(folder, "outputs")))
    if (/^m-[0-9a-f]+$/.test(model))
      saved.set(`${place}/models/${model}`, join(experiment, "models", model, "artifacts"));
  return {
    id: textOf(meta.run_id) ?? textOf(meta.run_uuid) ?? id,
    group,
    name: textOf(meta.run_name),
    user: textOf(meta.user_id),
    status: meta.status,
    startedAt: meta.start_time,
    endedAt: meta.end_time,
    tags: await textsIn(join(folder, "tags"), notes),
    params: await textsIn(join(folder, "params"), notes),
    metrics: await metricsIn(join(folder, "metrics"), notes),
    inputs: await inputsOf(experiment, folder),
    saved: await savedIn(saved),
    notes,
  };
}

async function inputsOf(experiment: string, run: string): Promise<ForeignData[]> {
  const inputs: ForeignData[] = [];
  for (const name of await foldersIn(join(run, "inputs"))) {
    const input = yamlObject(await readSmall(join(run, "inputs", name, "meta.yaml")));
    const id = String(input?.source_id ?? "");
    if (input?.source_type !== "DATASET" || !/^[0-9a-f]+$/.test(id)) continue;
    const dataset = yamlObject(await readSmall(join(experiment, "datasets", id, "meta.yaml")));
    const { name: named, source, schema, profile } = dataset ?? {};
    const logged = loggedInput({ name: named, source, schema, profile });
    if (logged !== null) inputs.push(logged);
  }
  return inputs;
}

async function textsIn(folder: string, notes: Note[]): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>();
  const { files, unseen } = await filesBelow(folder);
  for (const message of unseen) notes.push({ code: "import/unread", message });
  for (const name of files) {
    const text = await readSmall(join(folder, name));
    if (text === null)
      notes.push({ code: "import/unread", message: `${name} of ${basename(folder)} could not be read.` });
    else texts.set(name, text);
  }
  return texts;
}

/** Lines of time, value and step. */
async function metricsIn(folder: string, notes: Note[]): Promise<StoredRun["metrics"]> {
  const metrics = new Map<string, MetricPoint[]>();
  for (const [name, text] of await textsIn(folder, notes)) {
    const points = text.split("\n").flatMap((line) => {
      const [at, value, step = "0"] = line.trim().split(/\s+/);
      return value === undefined
        ? []
        : [{ at: Number(at), value: value === "" ? Number.NaN : Number(value), step: Number(step) }];
    });
    metrics.set(name, points);
  }
  return metrics;
}
