import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Failure } from "@lookback/kernel-bridge/failure.ts";
import { writeDurably } from "./durable-file.ts";
import { jsonMembers, jsonParts } from "./json-parts.ts";
import {
  deploymentText,
  readDeployments,
  type SavedDeployment,
  type UnreadableRecord,
} from "./saved-deployment.ts";

/** What is deployed, as it survives a restart. */
export interface State {
  readonly deployments: readonly SavedDeployment[];
  /** Records that cannot be read. They stay in the file, letter by letter. */
  readonly unreadable: readonly UnreadableRecord[];
}

/**
 * Reads the saved deployments; none when there is no file. Fails with `serve/state-unreadable` when not even its records can be told from
 * one another, rather than start empty over a damaged file.
 */
export function readState(stateDir: string): State {
  let text: string;
  try {
    text = readFileSync(statePath(stateDir), "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT")
      return { deployments: [], unreadable: [] };
    throw unreadable(stateDir, error);
  }
  const { members, twice } = jsonMembers(text) ?? { members: new Map<string, string>(), twice: null };
  const list = members.get("deployments") ?? "";
  const records = list.startsWith("[") ? jsonParts(list) : null;
  if (twice !== null || members.get("format") !== JSON.stringify(FORMAT) || records === null)
    throw unreadable(stateDir);
  return readDeployments(records);
}

/** Replaces the saved deployments whole. */
export function writeState(stateDir: string, state: State): void {
  const records = [...state.deployments.map(deploymentText), ...state.unreadable.map(({ text }) => text)];
  const list = records.length === 0 ? "[]" : `[\n${records.join(",\n")}\n]`;
  writeDurably(statePath(stateDir), `{"format":${JSON.stringify(FORMAT)},"deployments":${list}}\n`);
}

export function statePath(stateDir: string): string {
  return join(stateDir, "deployments.json");
}

const FORMAT = "lookback-deployments/1";

function unreadable(stateDir: string, cause?: unknown): Failure {
  return new Failure(
    "serve/state-unreadable",
    `${statePath(stateDir)} cannot be read, so what is deployed is not known. Nothing was started or changed.`,
    {
      advice: "Restore the file, or move it away to start with nothing deployed and publish again.",
      cause,
    },
  );
}
