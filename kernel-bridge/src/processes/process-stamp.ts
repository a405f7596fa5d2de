import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { hostname } from "node:os";

/**
 * One process among all that ever ran: on another machine, after a restart, or with a reused id it is another.
 *
 * `started` is what the system says of its start: on Linux `<boot id>:<clock ticks>`, from `/proc/sys/kernel/random/boot_id` and the
 * 22nd field of `/proc/<pid>/stat`; on macOS what `ps -o lstart=` prints; null where no system call is cheap. The observer in the
 * kernel writes the same.
 */
export interface ProcessStamp {
  readonly host: string;
  readonly pid: number;
  readonly started: string | null;
}

/** The stamp of this process. */
export function ownStamp(): ProcessStamp {
  own ??= { host: hostname(), pid: process.pid, started: startOf(process.pid) };
  return own;
}

let own: ProcessStamp | undefined;

/**
 * Whether a process is known to be gone. One of another machine never is: it cannot be seen from here. One whose start nobody
 * knows is gone when nothing has its id.
 */
export function isGone({ host, pid, started }: ProcessStamp): boolean {
  if (host !== hostname()) return false;
  if (!hasId(pid)) return true;
  const now = startOf(pid);
  return now !== null && (now === ended || (started !== null && now !== started));
}

/** A process that may not be signaled lives too. */
function hasId(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** The process has ended and waits for its parent to ask how. */
const ended = "ended";

/** Null when the system does not tell, or the process went meanwhile. */
function startOf(pid: number): string | null {
  try {
    if (process.platform === "linux") {
      boot ??= readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
      const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
      // The name, in parentheses, may hold anything: spaces and parentheses too.
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      return fields[0] === "Z" || fields[0] === "X" ? ended : `${boot}:${fields[19]}`;
    }
    if (process.platform !== "darwin") return null;
    const options = { encoding: "utf8", env: { ...process.env, LC_ALL: "C" }, timeout: 2_000 } as const;
    return execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], options).trim() || null;
  } catch {
    return null;
  }
}

let boot: string | undefined;
