import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { writeDurably } from "./durable-file.ts";

/** The server of a state folder, as it told us. */
export interface ServerInfo {
  readonly pid: number;
  readonly url: string;
  readonly since: string;
  /** Random, so that a server can be told from another that took its port or its process id. */
  readonly instance: string;
}

/**
 * What the running server wrote; `info` is null when there is none, and when `problem` says, in a sentence, why it cannot be read. The
 * server may be gone by now: ask it.
 */
export function readServerInfo(stateDir: string): {
  readonly info: ServerInfo | null;
  readonly problem: string | null;
} {
  const path = infoPath(stateDir);
  try {
    return { info: serverInfo(JSON.parse(readFileSync(path, "utf8"))), problem: null };
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT")
      return { info: null, problem: null };
    const why = error instanceof Error ? error.message : String(error);
    return { info: null, problem: `${path}, which says where the pipeline runs, cannot be read: ${why}.` };
  }
}

export function writeServerInfo(stateDir: string, info: ServerInfo): void {
  writeDurably(infoPath(stateDir), `${JSON.stringify({ format: FORMAT, ...info })}\n`);
}

export function removeServerInfo(stateDir: string, instance: string): void {
  if (readServerInfo(stateDir).info?.instance === instance) rmSync(infoPath(stateDir), { force: true });
}

/** Files of before it was said carry none. */
const FORMAT = "lookback-server/1";

function serverInfo(value: unknown): ServerInfo {
  const { format = FORMAT, pid, url, since, instance } = Object(value) as Record<string, unknown>;
  if (format !== FORMAT) throw new Error(`its format is ${JSON.stringify(format)}, not ${FORMAT}`);
  if (!Number.isSafeInteger(pid)) throw new Error("it names no process");
  if (typeof url !== "string" || typeof since !== "string" || typeof instance !== "string")
    throw new Error("it names no server");
  return { pid: pid as number, url, since, instance };
}

function infoPath(stateDir: string): string {
  return join(stateDir, "server.json");
}
