import type { Note, Outcome } from "../../format/run.ts";
import { type ForeignData, type ForeignRun, valueOfText } from "../foreign-run.ts";
import type { Saved } from "./saved-files.ts";

/** A run as a store of MLflow keeps it, in files or in a database. */
export interface StoredRun {
  readonly id: string;
  /** Its experiment's name. */
  readonly group: string;
  readonly name: string | null;
  readonly user: string | null;
  /** A word, or one of MLflow's numbers for it. */
  readonly status: unknown;
  readonly startedAt: unknown;
  readonly endedAt: unknown;
  readonly params: ReadonlyMap<string, string>;
  readonly tags: ReadonlyMap<string, string>;
  readonly metrics: ReadonlyMap<string, readonly MetricPoint[]>;
  readonly inputs: readonly ForeignData[];
  readonly saved: Saved;
  readonly notes: readonly Note[];
}

export interface MetricPoint {
  readonly at: number;
  readonly step: number;
  readonly value: number;
}

/** As any tool's run. */
export function foreignRun(stored: StoredRun): ForeignRun {
  const { id, group, name, user, tags, saved } = stored;
  const { outcome, unknown } = outcomeOf(stored.status);
  const notes = [
    ...stored.notes,
    ...saved.notes,
    ...(unknown === null ? [] : [{ code: "import/outcome", message: unknown }]),
  ];
  return {
    tool: "MLflow",
    identity: id,
    group,
    name: tags.get("mlflow.runName") ?? name,
    startedAt: timeOf(stored.startedAt),
    endedAt: timeOf(stored.endedAt),
    outcome,
    parameters: Object.fromEntries([...stored.params].map(([key, text]) => [key, valueOfText(text)])),
    metrics: seriesOf(stored.metrics, notes),
    tags: [...tags].flatMap(([key, text]) => (key.startsWith("mlflow.") ? [] : [`${key}: ${text}`])),
    remarks: [tags.get("mlflow.note.content") ?? ""].filter((text) => text !== ""),
    author: tags.get("mlflow.user") ?? user,
    gitHead: /^[0-9a-f]{40}$/.exec(tags.get("mlflow.source.git.commit") ?? "")?.[0] ?? null,
    data: [...stored.inputs, ...saved.data],
    models: modelsOf(saved, tags),
    notes,
  };
}

/** Only autologging says the class. */
function modelsOf({ models }: Saved, tags: StoredRun["tags"]): ForeignRun["models"] {
  const estimator = tags.get("estimator_class");
  if (models.length === 0 && estimator !== undefined) return [{ className: estimator, saved: [] }];
  return models.map(({ flavor, saved }) => ({
    className: estimator ?? `${flavor ?? "unknown"} (class not known)`,
    saved,
  }));
}

/** By step, then by time, as MLflow orders them. */
function seriesOf(metrics: StoredRun["metrics"], notes: Note[]): ReadonlyMap<string, readonly number[]> {
  const series = new Map<string, readonly number[]>();
  for (const [name, points] of metrics) {
    const sorted = [...points].sort((a, b) => a.step - b.step || a.at - b.at);
    const values = sorted.map(({ value }) => value).filter(Number.isFinite);
    if (values.length < sorted.length)
      notes.push({
        code: "import/not-finite",
        message: `${sorted.length - values.length} of ${sorted.length} values of the metric ${name} are no finite numbers, and were left out.`,
      });
    if (values.length > 0) series.set(name, values);
  }
  return series;
}

/** How it ended; and in a sentence that nobody knows, of a run that MLflow takes to be running still, or says nothing of. */
function outcomeOf(status: unknown): { readonly outcome: Outcome; readonly unknown: string | null } {
  const said = typeof status === "string" ? status : (statuses[Number(status)] ?? "");
  if (said === "FINISHED") return { outcome: { kind: "ok" }, unknown: null };
  const message = "MLflow does not say why.";
  if (said === "FAILED")
    return { outcome: { kind: "error", name: "FAILED", message, cellId: "imported" }, unknown: null };
  const unknown = `How it ended is not known: MLflow says ${said === "" ? "nothing of it" : said}.`;
  return { outcome: { kind: "interrupted", cellId: null }, unknown: said === "KILLED" ? null : unknown };
}

/** MLflow's numbers for how a run ended. */
const statuses: Readonly<Record<number, string>> = {
  1: "RUNNING",
  2: "SCHEDULED",
  3: "FINISHED",
  4: "FAILED",
  5: "KILLED",
};

function timeOf(value: unknown): number | null {
  return typeof value === "number" && Number.isFinite(value) && Math.abs(value) < 8.64e15 ? value : null;
}

/** A text that is there and holds something. */
export function textOf(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}
