import { stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { Failure } from "../../failure.ts";
import type { Note } from "../format/run.ts";
import { type DvcRevision, dvcRevisions } from "./dvc-revision.ts";
import { type ForeignData, type ForeignRun, type ForeignRuns, flatValues } from "./foreign-run.ts";
import { readSmall, yamlObject } from "./read-small.ts";

/** The experiments of a DVC project and the newest commit of its branch, as `dvc.lock` and the files of metrics have them. Fails with `import/nothing-there`. */
export async function readDvc(project: string): Promise<ForeignRuns> {
  const isProject = await stat(join(project, ".dvc")).catch(() => null);
  const revisions = isProject === null ? [] : await dvcRevisions(project);
  const told = revisions.filter(({ files }) =>
    files.some((path) => path === "dvc.lock" || isSeries(path) || path === liveMetrics),
  );
  if (told.length === 0)
    throw new Failure(
      "import/nothing-there",
      `${project} holds no DVC project with results. Nothing was imported.`,
      {
        advice:
          "Name the folder that has `.dvc`; what `dvc repro` or `dvc exp run` left is committed there, or an experiment.",
      },
    );
  return runsOf(project, told);
}

const liveMetrics = "dvclive/metrics.json";

async function* runsOf(project: string, revisions: readonly DvcRevision[]): ForeignRuns {
  for (const revision of revisions) {
    const text = await revision.read("dvc.lock");
    const lock = yamlObject(text);
    if (text !== null && lock === null)
      yield { problem: `dvc.lock of ${revision.name ?? revision.id} cannot be read. It was passed over.` };
    else yield await runOf(project, revision, membersOf(lock?.stages));
  }
}

type Members = Readonly<Record<string, unknown>>;

async function runOf(project: string, revision: DvcRevision, stages: Members): Promise<ForeignRun> {
  const pipeline = yamlObject(await revision.read("dvc.yaml"));
  const parameters: Record<string, string | number | boolean | null> = flatValues(
    yamlObject(await revision.read("dvclive/params.yaml")),
  );
  const data: ForeignData[] = [];
  const notes: Note[] = revision.unseen.map((message) => ({ code: "import/unread", message }));
  for (const stage of Object.values(stages).map(membersOf)) {
    for (const values of Object.values(membersOf(stage.params)))
      Object.assign(parameters, flatValues(values));
    for (const dep of listOf(stage.deps)) data.push(await dataOf(project, membersOf(dep), "read"));
    for (const out of listOf(stage.outs)) data.push(await dataOf(project, membersOf(out), "write"));
  }
  const metrics = new Map<string, readonly number[]>();
  for (const path of metricFiles(pipeline, revision)) {
    // JSON is YAML.
    const members = yamlObject(await revision.read(path));
    if (members === null) notes.push({ code: "import/unread", message: `${path} could not be read.` });
    for (const [name, value] of Object.entries(flatValues(members))) {
      if (isSteps(path) && name === "step") continue;
      if (typeof value === "number") metrics.set(name.replaceAll(".", "/"), [value]);
      else notes.push(notFinite(`${name} in ${path} is`));
    }
  }
  for (const path of revision.files.filter(isSeries)) {
    const { series, left } = seriesOf(await revision.read(path));
    if (left > 0) notes.push(notFinite(`${left} of ${series.length + left} values in ${path} are`));
    if (series.length > 0) metrics.set(path.replace(/^.*plots\/metrics\//, "").replace(/\.tsv$/, ""), series);
  }
  const once = new Map(
    data.filter(({ path }) => path !== "").map((each) => [`${each.access} ${each.path}`, each]),
  );
  return {
    tool: "DVC",
    identity: revision.id,
    group: `dvc/${basename(project)}`,
    name: revision.name,
    startedAt: revision.at,
    endedAt: null,
    outcome: { kind: "ok" },
    parameters,
    metrics,
    tags: [],
    remarks: [],
    author: revision.author,
    gitHead: revision.gitHead,
    data: [...once.values()],
    models: [],
    notes: [
      ...notes,
      {
        code: "import/time",
        message: "DVC does not say when it ran: its time is that of its commit, or of its dvc.lock.",
      },
    ],
  };
}

function isSteps(path: string): boolean {
  return path === liveMetrics;
}

function isSeries(path: string): boolean {
  return /(^|\/)plots\/metrics\/.+\.tsv$/.test(path);
}

function metricFiles(pipeline: Members | null, { files }: DvcRevision): string[] {
  const stages = Object.values(membersOf(pipeline?.stages)).map(membersOf);
  const named = [pipeline?.metrics, ...stages.map(({ metrics }) => metrics)]
    .flatMap(listOf)
    .flatMap((each) => (typeof each === "string" ? [each] : Object.keys(membersOf(each))));
  return [...new Set([...named, liveMetrics])].filter((path) => files.includes(path));
}

function notFinite(what: string): Note {
  return { code: "import/not-finite", message: `${what} no finite number, and was left out.` };
}

/** Lines of a step and a value, behind a line of names; and how many of the values are none. */
function seriesOf(text: string | null): { readonly series: number[]; readonly left: number } {
  const [head = "", ...lines] = (text ?? "").split("\n").filter((line) => line.trim() !== "");
  const at = head.split("\t").findIndex((name) => name !== "step" && name !== "timestamp");
  const values = at < 0 ? [] : lines.map((line) => line.split("\t")[at]?.trim() || "none").map(Number);
  const series = values.filter(Number.isFinite);
  return { series, left: values.length - series.length };
}

/** By its MD5 from the project's own cache; what is not there is named. */
async function dataOf(project: string, entry: Members, access: "read" | "write"): Promise<ForeignData> {
  const path = typeof entry.path === "string" ? entry.path : "";
  const md5 = String(entry.md5 ?? "");
  const isFolder = md5.endsWith(".dir");
  const named = { path, access, rows: null, columns: null, isFolder };
  const object = await objectAt(project, md5);
  if (object === null)
    return { ...named, bytes: new Map(), missing: "its bytes are not in DVC's cache here" };
  if (!isFolder) return { ...named, bytes: new Map([["", object]]), missing: null };
  const bytes = new Map<string, string>();
  const list = listed(await readSmall(object));
  if (list === null)
    return { ...named, bytes, missing: "the list of its files in DVC's cache cannot be read as a whole" };
  for (const each of list) {
    const file = await objectAt(project, each.md5);
    if (file === null)
      return { ...named, bytes: new Map(), missing: "not all of its files are in DVC's cache here" };
    bytes.set(each.relpath, file);
  }
  return { ...named, bytes, missing: null };
}

async function objectAt(project: string, md5: string): Promise<string | null> {
  if (!/^[0-9a-f]{32}(\.dir)?$/.test(md5)) return null;
  const cache = join(project, ".dvc", "cache");
  for (const folder of [join(cache, "files", "md5"), cache]) {
    const path = join(folder, md5.slice(0, 2), md5.slice(2));
    if ((await stat(path).catch(() => null))?.isFile()) return path;
  }
  return null;
}

/** The files of a folder; null where one of them is none, or leads out of it, or there is no list: the rest would stand for all. */
function listed(text: string | null): { readonly md5: string; readonly relpath: string }[] | null {
  try {
    const list: unknown = JSON.parse(text ?? "");
    const files = listOf(list).map((each) => {
      const { md5, relpath } = membersOf(each);
      const isInside =
        typeof relpath === "string" &&
        !relpath.split(/[\\/]/).some((part) => part === "" || part === "." || part === "..");
      return isInside && typeof md5 === "string" ? { md5, relpath } : null;
    });
    return Array.isArray(list) && files.every((file) => file !== null) ? files : null;
  } catch {
    return null;
  }
}

function membersOf(value: unknown): Members {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Members) : {};
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
