import { linkSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { uptime } from "node:os";
import { join } from "node:path";
import { writeDurably } from "./state-file.ts";

/** The server of a state folder, as it told us. */
export interface ServerInfo {
  readonly pid: number;
  readonly url: string;
  readonly since: string;
  /** Random, so that a server can be told from another that took its port or its process id. */
  readonly instance: string;
}

/** What the running server wrote; null when there is none. It may be gone by now: ask it. */
export function readServerInfo(stateDir: string): ServerInfo | null {
  return parsed(contentOf(infoPath(stateDir)));
}

export function writeServerInfo(stateDir: string, info: ServerInfo): void {
  writeDurably(infoPath(stateDir), `${JSON.stringify(info)}\n`);
}

export function removeServerInfo(stateDir: string, instance: string): void {
  if (readServerInfo(stateDir)?.instance === instance) rmSync(infoPath(stateDir), { force: true });
}

/** Claims the state folder for one server. Answers how to give it back, or null while another living one holds it. A lock from before the machine started, or of a dead process, counts for nothing. */
export function claim(stateDir: string): (() => void) | null {
  const path = join(stateDir, "server.lock");
  const mine = `${process.pid}\n`;
  for (let attempt = 0; attempt < 5; attempt++) {
    try {
      writeFileSync(path, mine, { flag: "wx", mode: 0o600 });
      held.add(path);
      return () => {
        held.delete(path);
        if (contentOf(path) === mine) rmSync(path, { force: true });
      };
    } catch (error) {
      if (!isCode(error, "EEXIST")) throw error;
    }
    const holder = contentOf(path);
    if (holder === null) continue;
    if (held.has(path) || (isAlive(Number.parseInt(holder, 10)) && isSinceBoot(path))) return null;
    if (!takeAway(path, holder)) return null;
  }
  return null;
}

/** Claims of this process: its id alone cannot tell them from those of a dead process that had the same id. */
const held = new Set<string>();

function isSinceBoot(path: string): boolean {
  try {
    return statSync(path).mtimeMs > Date.now() - uptime() * 1000;
  } catch {
    return false;
  }
}

/** Moves a dead holder's lock away. If another process was quicker and the moved lock is its new one, puts it back. */
function takeAway(path: string, expected: string): boolean {
  const aside = `${path}.${process.pid}.stale`;
  try {
    renameSync(path, aside);
  } catch (error) {
    return isCode(error, "ENOENT");
  }
  const wasStale = contentOf(aside) === expected;
  try {
    if (!wasStale) linkSync(aside, path);
  } finally {
    rmSync(aside, { force: true });
  }
  return wasStale;
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return isCode(error, "EPERM");
  }
  // A killed process that nobody has reaped (containers without an init) still has its id.
  const state = /^\d+ \(.*\) (\w)/s.exec(contentOf(`/proc/${pid}/stat`) ?? "")?.[1];
  return state !== "Z" && state !== "X";
}

function infoPath(stateDir: string): string {
  return join(stateDir, "server.json");
}

function contentOf(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}

function parsed(text: string | null): ServerInfo | null {
  try {
    return text === null ? null : (JSON.parse(text) as ServerInfo);
  } catch {
    return null;
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
