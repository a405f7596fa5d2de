import { join } from "node:path";
import type { ForeignData } from "./foreign-run.ts";
import { foldersIn, readSmall, yamlObject } from "./read-small.ts";

/** The datasets that a run of MLflow logged as its inputs: names and columns. MLflow's digest is of the first rows only, and no hash of what was read. */
export async function loggedInputs(experiment: string, run: string): Promise<ForeignData[]> {
  const inputs: ForeignData[] = [];
  const folder = join(experiment, run, "inputs");
  for (const name of await foldersIn(folder)) {
    const input = yamlObject(await readSmall(join(folder, name, "meta.yaml")));
    const id = String(input?.source_id ?? "");
    if (input?.source_type !== "DATASET" || !/^[0-9a-f]+$/.test(id)) continue;
    const dataset = yamlObject(await readSmall(join(experiment, "datasets", id, "meta.yaml")));
    if (dataset === null) continue;
    const source = membersOf(dataset.source);
    const path = source?.uri ?? source?.url ?? source?.path ?? dataset.name;
    if (typeof path !== "string" || path === "") continue;
    const rows = membersOf(dataset.profile)?.num_rows;
    inputs.push({
      path: path.replace(/^file:\/\/(?=\/)/, ""),
      access: "read",
      rows: Number.isInteger(rows) ? Number(rows) : null,
      columns: columnsOf(membersOf(dataset.schema)?.mlflow_colspec),
      bytes: new Map(),
      isFolder: false,
      missing: "MLflow keeps no hash of what was read",
    });
  }
  return inputs;
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
