import { linkSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { hostname, uptime } from "node:os";
import { join } from "node:path";
import { isGone, ownStamp, type ProcessStamp } from "@lookback/kernel-bridge/processes/process-stamp.ts";

/** Claims a state folder for one server. Answers how to give it back, or null while a living process holds it. */
export function claim(stateDir: string): (() => void) | null {
  const path = lockPath(stateDir);
  const mine = JSON.stringify(ownStamp());
  for (let attempt = 0; attempt < 5; attempt++) {
    if (take(path, mine)) {
      held.add(path);
      return () => {
        held.delete(path);
        if (contentOf(path) === mine) rmSync(path, { force: true });
      };
    }
    const found = contentOf(path);
    if (found === null) continue;
    if (holderOf(path, found) !== null || !takeAway(path, found)) return null;
  }
  return null;
}

/** The living process that holds a state folder; null when none does. One of another machine always lives, as far as can be seen. */
export function lockHolder(stateDir: string): ProcessStamp | null {
  const path = lockPath(stateDir);
  const found = contentOf(path);
  return found === null ? null : holderOf(path, found);
}

export function lockPath(stateDir: string): string {
  return join(stateDir, "server.lock");
}

/** Claims of this process: where nobody knows when a process started, its id alone cannot tell them from those of a dead one. */
const held = new Set<string>();

/** Written beside its place first: a lock that says nothing would belong to nobody. */
function take(path: string, text: string): boolean {
  const written = `${path}.${process.pid}.new`;
  writeFileSync(written, text, { mode: 0o600 });
  try {
    linkSync(written, path);
    return true;
  } catch (error) {
    if (isCode(error, "EEXIST")) return false;
    throw error;
  } finally {
    rmSync(written, { force: true });
  }
}

function holderOf(path: string, text: string): ProcessStamp | null {
  const stamp = stampOf(text);
  if (stamp === null) return null;
  if (held.has(path)) return stamp;
  const isOurId = stamp.host === hostname() && stamp.pid === process.pid;
  if (stamp.started === null && (isOurId || !isSinceBoot(path))) return null;
  return isGone(stamp) ? null : stamp;
}

/** Null where it does not say. Before hosts and starts were written it held a bare process id. */
function stampOf(text: string): ProcessStamp | null {
  if (/^\d+\s*$/.test(text)) return { host: hostname(), pid: Number(text), started: null };
  try {
    const { host, pid, started } = JSON.parse(text);
    if (typeof host !== "string" || typeof pid !== "number") return null;
    return { host, pid, started: typeof started === "string" ? started : null };
  } catch {
    return null;
  }
}

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

function contentOf(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
