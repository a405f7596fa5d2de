import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Failure } from "../failure.ts";

/** What is deployed, as it survives a restart. */
export interface SavedDeployment {
  readonly name: string;
  readonly active: number;
  readonly previous: number | null;
  /** Newest deployment first. */
  readonly versions: readonly SavedVersion[];
}

export interface SavedVersion {
  readonly version: number;
  /** Absolute path of the workspace it was published from: its sources are relative to it. */
  readonly root: string;
  /** The release folder, relative to `root`. */
  readonly path: string;
  readonly digest: string;
  readonly run: string;
  readonly modelSha256: string;
  readonly deployedAt: string;
}

/** Reads the saved deployments; none when there is no file. Fails with `serve/state-unreadable` rather than start empty over a damaged file. */
export function readState(stateDir: string): readonly SavedDeployment[] {
  let text: string;
  try {
    text = readFileSync(statePath(stateDir), "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw unreadable(stateDir, error);
  }
  try {
    const value = JSON.parse(text) as { format: unknown; deployments: readonly SavedDeployment[] };
    if (value.format !== FORMAT || !Array.isArray(value.deployments)) throw new Error("unknown format");
    return value.deployments;
  } catch (error) {
    throw unreadable(stateDir, error);
  }
}

/** Replaces the saved deployments whole: after a crash at any point the file holds the old ones or the new ones. */
export function writeState(stateDir: string, deployments: readonly SavedDeployment[]): void {
  writeDurably(statePath(stateDir), `${JSON.stringify({ format: FORMAT, deployments }, null, 2)}\n`);
}

/** Writes a file beside its place, syncs it, and moves it there. */
export function writeDurably(path: string, text: string): void {
  const temporary = `${path}.${process.pid}.tmp`;
  const file = openSync(temporary, "w", 0o600);
  try {
    writeFileSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(temporary, path);
  syncFolder(dirname(path));
}

const FORMAT = "lookback-deployments/1";

function statePath(stateDir: string): string {
  return join(stateDir, "deployments.json");
}

/** Not every platform can sync a folder; the rename is atomic without it. */
function syncFolder(dir: string): void {
  try {
    const folder = openSync(dir, "r");
    fsyncSync(folder);
    closeSync(folder);
  } catch {
    return;
  }
}

function unreadable(stateDir: string, cause: unknown): Failure {
  return new Failure(
    "serve/state-unreadable",
    `${statePath(stateDir)} cannot be read. The pipeline was not started.`,
    {
      advice: "Move the file away to start with nothing deployed, then publish again.",
      cause,
    },
  );
}
