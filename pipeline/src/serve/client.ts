import { spawn } from "node:child_process";
import { closeSync, existsSync, mkdirSync, openSync, readFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { Failure } from "@lookback/kernel-bridge/failure.ts";
import type { ProcessStamp } from "@lookback/kernel-bridge/processes/process-stamp.ts";
import { readToken } from "./access.ts";
import { auditTail, sayAuditTail } from "./audit-log.ts";
import type { Prediction } from "./prediction.ts";
import { readServerInfo, type ServerInfo } from "./server-file.ts";
import { lockHolder } from "./server-lock.ts";
import { sleepingStatus } from "./sleeping-status.ts";
import { readState } from "./state-file.ts";
import type { DeploymentStatus, Status } from "./status.ts";

/** Talks to the pipeline of one state folder, wherever it runs. What the server refuses is thrown as the server's own `Failure`. */
export interface PipelineClient {
  /** Works whether it runs or not. */
  status(): Promise<Status>;
  /** Starts the pipeline unless it runs, and waits until it answers. Any number of callers start exactly one. */
  ensureRunning(how: { spawn: readonly string[]; cwd: string }): Promise<Status>;
  /** `root`: the workspace the release was published from, when it is not the one the pipeline was started in. */
  deploy(releaseDir: string, root?: string): Promise<DeploymentStatus>;
  /** `at`: ISO 8601, the moment to predict as of. */
  predict(name: string, inputs: Readonly<Record<string, unknown>>, at?: string | null): Promise<Prediction>;
  rollback(name: string): Promise<DeploymentStatus>;
  /** Resolves when it has stopped; false when it did not run. */
  stop(): Promise<boolean>;
}

export function pipelineClient(stateDir: string, { stopMs = STOP_MS } = {}): PipelineClient {
  async function call<T>(method: "GET" | "POST", path: string, body?: unknown): Promise<T> {
    const info = await running(stateDir);
    if (info === null) {
      refuseUnknown(stateDir);
      throw new Failure("serve/not-running", "The pipeline is not running. Nothing was done.", {
        advice: "Start it with `lookback pipeline serve`.",
      });
    }
    const advice = `End process ${info.pid} and start the pipeline again: it makes a new token.`;
    const token = readToken(stateDir, "Nothing was done.", advice);
    const response = await fetch(info.url + path, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(body === undefined ? {} : JSON_HEADER) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(CALL_MS),
    }).catch((cause: unknown) => {
      throw new Failure("serve/unreachable", `The pipeline at ${info.url} did not answer ${path}.`, {
        advice: "`lookback pipeline status` says whether it still runs.",
        cause,
      });
    });
    const answer: unknown = await response.json();
    if (response.ok) return answer as T;
    const { code, message, ...more } = answer as Failure;
    throw new Failure(code, message, { advice: more.advice, data: more.data });
  }

  async function status(): Promise<Status> {
    if ((await running(stateDir)) === null)
      return sleepingStatus(readState(stateDir), sleepingProblems(stateDir));
    return call<Status>("GET", "/v1/status");
  }

  return {
    status,
    async ensureRunning(how) {
      if ((await running(stateDir)) === null) await start(stateDir, how);
      return status();
    },
    deploy: (path, root) => call("POST", "/v1/deploy", { path, ...(root === undefined ? {} : { root }) }),
    predict: (name, inputs, at) => call("POST", "/v1/predict", { name, inputs, ...(at ? { at } : {}) }),
    rollback: (name) => call("POST", "/v1/rollback", { name }),
    async stop() {
      const asked = await running(stateDir);
      if (asked === null) {
        refuseUnknown(stateDir);
        return false;
      }
      const holder = lockHolder(stateDir);
      await call("POST", "/v1/stop").catch((error: unknown) => {
        if (!(error instanceof Failure && isGone(error.code))) throw error;
      });
      // Another may have been started meanwhile: what was asked to stop is one of them.
      const isOver = async () =>
        readServerInfo(stateDir).info?.instance !== asked.instance &&
        (holder === null || !isSame(holder, lockHolder(stateDir)));
      if (await until(isOver, stopMs)) return true;
      throw new Failure(
        "serve/not-stopped",
        `The pipeline was told to stop, and has not ended in ${stopMs / 1000} s.`,
        {
          advice:
            holder === null
              ? "`lookback pipeline status` says what became of it."
              : `\`lookback pipeline status\` says whether it has by now; else end process ${holder.pid} on ${holder.host}.`,
          data: { holder },
        },
      );
    },
  };
}

const JSON_HEADER = { "content-type": "application/json" };
/** A deployment may materialize millions of rows. */
const CALL_MS = 15 * 60_000;
const START_MS = 60_000;
/** Longer than a server waits for what is being answered, and for a materialization between two batches. */
const STOP_MS = 20_000;

function isSame(a: ProcessStamp, b: ProcessStamp | null): boolean {
  return b !== null && a.host === b.host && a.pid === b.pid && a.started === b.started;
}

/** It ended between being asked for and being told. */
function isGone(code: string): boolean {
  return code === "serve/not-running" || code === "serve/unreachable";
}

/** The server, if it is the one that wrote `server.json` and it answers. */
async function running(stateDir: string): Promise<ServerInfo | null> {
  const { info } = readServerInfo(stateDir);
  if (info === null) return null;
  try {
    const response = await fetch(`${info.url}/healthz`, { signal: AbortSignal.timeout(3000) });
    const health = (await response.json()) as { instance?: unknown };
    return health.instance === info.instance ? info : null;
  } catch {
    return null;
  }
}

/** That a pipeline does not run is not said where what says so cannot be read. Fails with `serve/server-unknown`. */
function refuseUnknown(stateDir: string): void {
  const { problem } = readServerInfo(stateDir);
  const holder = lockHolder(stateDir);
  if (problem === null || holder === null) return;
  throw new Failure("serve/server-unknown", `${problem} Nothing was done.`, {
    advice: `End process ${holder.pid} on ${holder.host} and start the pipeline again: it writes a new one.`,
    data: { holder },
  });
}

/** What of a pipeline's files cannot be read, or looks as if it ran, while it does not answer. */
function sleepingProblems(stateDir: string): string[] {
  const { problem } = readServerInfo(stateDir);
  const holder = lockHolder(stateDir);
  const ended = endOfAudit(join(stateDir, "audit"));
  return [
    ...(problem === null ? [] : [problem]),
    ...(holder === null
      ? []
      : [
          `Process ${holder.pid} on ${holder.host} has claimed the pipeline and does not answer: it is starting or ending, or hangs.`,
        ]),
    ...(ended === null ? [] : [ended]),
  ];
}

function endOfAudit(dir: string): string | null {
  try {
    return existsSync(dir) ? sayAuditTail(auditTail(dir)) : null;
  } catch (error) {
    if (error instanceof Failure) return error.message;
    throw error;
  }
}

async function start(stateDir: string, how: { spawn: readonly string[]; cwd: string }): Promise<void> {
  mkdirSync(stateDir, { recursive: true, mode: 0o700 });
  const logPath = join(stateDir, "server.log");
  const log = openSync(logPath, "w", 0o600);
  const [command, ...args] = how.spawn;
  let ended: string | null = null;
  const child = spawn(command!, args, { cwd: how.cwd, detached: true, stdio: ["ignore", log, log] });
  closeSync(log);
  child.once("error", (error) => {
    ended = error.message;
  });
  child.once("exit", (code, signal) => {
    ended = `it ended with ${signal ?? `code ${code}`}`;
  });
  child.unref();
  const started = await until(async () => {
    const why = ended;
    const another = why !== null && isStarting(stateDir);
    const now = await running(stateDir);
    if (now !== null) {
      // Ours came second. Left alone it might find the folder free again, after a stop.
      if (now.pid !== child.pid) child.kill();
      return true;
    }
    if (why !== null && !another) throw notStarted(why, logPath);
    return false;
  }, START_MS);
  if (!started) throw notStarted(ended ?? `it did not answer within ${START_MS / 1000} s`, logPath);
}

/** Another caller's server may be the one that starts: ours ends at once then, and theirs answers soon. */
function isStarting(stateDir: string): boolean {
  return lockHolder(stateDir)?.host === hostname() && readServerInfo(stateDir).problem === null;
}

function notStarted(why: string, logPath: string): Failure {
  const said = lastWords(readFileSync(logPath, "utf8"));
  return new Failure("serve/did-not-start", `The pipeline did not start: ${said || why}`, {
    advice: `Its output is in ${logPath}.`,
    data: { why },
  });
}

/** What a process said last: its error, where it ended in one with a trace. */
function lastWords(text: string): string {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const trace = lines.findIndex((line) => /^\s+at /.test(line));
  return (trace > 0 ? lines.slice(trace - 1, trace) : lines.slice(-3)).join(" ").trim();
}

async function until(holds: () => Promise<boolean>, ms: number): Promise<boolean> {
  for (const end = Date.now() + ms; Date.now() < end; ) {
    if (await holds()) return true;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return false;
}
