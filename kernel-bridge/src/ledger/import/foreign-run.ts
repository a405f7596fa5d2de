import type { DatasetUse, Note, Outcome } from "../format/run.ts";

/** A run as another tool remembers it. */
export interface ForeignRun {
  readonly tool: "MLflow" | "DVC" | "Parquet";
  /** What names it there, the same each time it is read. */
  readonly identity: string;
  /** What it belongs to there: an experiment, a project. */
  readonly group: string;
  readonly name: string | null;
  /** Milliseconds since the epoch; null where the tool does not say. */
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  readonly outcome: Outcome;
  readonly parameters: Readonly<Record<string, ForeignValue>>;
  /** Each as a series of what was logged, in order: never empty, each value finite. */
  readonly metrics: ReadonlyMap<string, readonly number[]>;
  readonly tags: readonly string[];
  readonly remarks: readonly string[];
  readonly author: string | null;
  /** The commit of the person's repository that it says it ran at. */
  readonly gitHead: string | null;
  readonly data: readonly ForeignData[];
  readonly models: readonly { readonly className: string; readonly saved: readonly string[] }[];
  readonly notes: readonly Note[];
}

export type ForeignValue = string | number | boolean | null;

/** A file or a folder that it names. */
export interface ForeignData extends Pick<DatasetUse, "path" | "access" | "rows" | "columns"> {
  /** Where its bytes are, each file by its path in the folder; by `""` of what is one file. Empty where they are not here. */
  readonly bytes: ReadonlyMap<string, string>;
  readonly isFolder: boolean;
  /** Why the bytes are not here; null where they are. */
  readonly missing: string | null;
}

/** What a tool's files hold, read one run after the other. */
export type ForeignRuns = AsyncIterable<ForeignRun | { readonly problem: string }>;

/** A text as the value it was before it was written as one, where that is sure: `0.1`, `True`, but not `007`. */
export function valueOfText(text: string): ForeignValue {
  if (text === "True" || text === "true") return true;
  if (text === "False" || text === "false") return false;
  const number = Number(text);
  return text !== "" && Number.isFinite(number) && String(number) === text ? number : text;
}

/** A value of JSON or YAML as parameters are: what is nested by its path, `train.lr`. */
export function flatValues(value: unknown, prefix = "", depth = 0): Record<string, ForeignValue> {
  if (typeof value !== "object" || value === null || depth > 20) {
    if (prefix === "") return {};
    return { [prefix]: plainValue(value) };
  }
  if (Array.isArray(value)) return prefix === "" ? {} : { [prefix]: JSON.stringify(value) };
  const flat: Record<string, ForeignValue> = {};
  for (const [key, inner] of Object.entries(value))
    Object.assign(flat, flatValues(inner, prefix === "" ? key : `${prefix}.${key}`, depth + 1));
  return flat;
}

function plainValue(value: unknown): ForeignValue {
  if (typeof value === "number") return Number.isFinite(value) ? value : String(value);
  if (typeof value === "string" || typeof value === "boolean") return value;
  return value === null || value === undefined ? null : String(JSON.stringify(value) ?? value);
}
