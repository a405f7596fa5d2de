import type { ForeignData } from "../foreign-run.ts";

/** A dataset as MLflow's files or its database keep it, each member a text of JSON but its name. */
export interface LoggedDataset {
  readonly name: unknown;
  readonly source: unknown;
  readonly schema: unknown;
  readonly profile: unknown;
}

/** A dataset that a run of MLflow logged as its input: its name and columns; null where nothing names it. MLflow's digest is of the first rows only, and no hash of what was read. */
export function loggedInput({ name, source, schema, profile }: LoggedDataset): ForeignData | null {
  const place = membersOf(source);
  const path = place?.uri ?? place?.url ?? place?.path ?? name;
  if (typeof path !== "string" || path === "") return null;
  const rows = membersOf(profile)?.num_rows;
  return {
    path: path.replace(/^file:\/\/(?=\/)/, ""),
    access: "read",
    rows: Number.isInteger(rows) ? Number(rows) : null,
    columns: columnsOf(membersOf(schema)?.mlflow_colspec),
    bytes: new Map(),
    isFolder: false,
    missing: "MLflow keeps no hash of what was read",
  };
}

function membersOf(text: unknown): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(String(text));
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

function columnsOf(list: unknown): ForeignData["columns"] {
  if (!Array.isArray(list)) return null;
  const columns = list.map((each) => ({ name: String(each?.name ?? ""), type: String(each?.type ?? "") }));
  return columns.every(({ name }) => name !== "") ? columns : null;
}
