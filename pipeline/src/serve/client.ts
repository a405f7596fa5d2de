import { spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Failure } from "../failure.ts";
import { readToken } from "./access.ts";
import type { Prediction } from "./prediction.ts";
import { readServerInfo, type ServerInfo } from "./server-file.ts";
import { readState } from "./state-file.ts";
import { type DeploymentStatus, type Status, sleepingStatus } from "./status.ts";

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

export function pipelineClient(stateDir: string): PipelineClient {
  async function call<T>(method: "GET" | "POST", path: string, body?: unknown): Promise<T> {
    const info = await running(stateDir);
    if (info === null) {
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
    if ((await running(stateDir)) === null) return sleepingStatus(readState(stateDir));
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
      if ((await running(stateDir)) === null) return false;
      await call("POST", "/v1/stop").catch((error: unknown) => {
        if (!(error instanceof Failure && isGone(error.code))) throw error;
      });
      await until(
        async () => (await running(stateDir)) === null && readServerInfo(stateDir) === null,
        10_000,
      );
      return true;
    },
  };
}

const JSON_HEADER = { "content-type": "application/json" };
/** A deployment may materialize millions of rows. */
const CALL_MS = 15 * 60_000;
const START_MS = 60_000;

/** It ended between being asked for and being told. */
function isGone(code: string): boolean {
  return code === "serve/not-running" || code === "serve/unreachable";
}

/** The server, if it is the one that wrote `server.json` and it answers. */
async function running(stateDir: string): Promise<ServerInfo | null> {
  const info = readServerInfo(stateDir);
  if (info === null) return null;
  try {
    const response = await fetch(`${info.url}/healthz`, { signal: AbortSignal.timeout(3000) });
    const health = (await response.json()) as { instance?: unknown };
    return health.instance === info.instance ? info : null;
  } catch {
    return null;
  }
}

async function start(stateDir: string, how: { spawn: readonly string[]; cwd: string }): Promise<void> {
  mkdirSync(stateDir, { recursive: true, mode: 0o700 });
  const logPath = join(stateDir, "server.log");
  const log = openSync(logPath, "w", 0o600);
  const [command, ...args] = how.spawn;
  let ended: string | null = null;
  try {
    const child = spawn(command!, args, { cwd: how.cwd, detached: true, stdio: ["ignore", log, log] });
    child.once("error", (error) => {
      ended = error.message;
    });
    child.once("exit", (code, signal) => {
      ended = `it ended with ${signal ?? `code ${code}`}`;
    });
    child.unref();
  } finally {
    closeSync(log);
  }
  let grace = 0;
  const started = await until(async () => {
    if ((await running(stateDir)) !== null) return true;
    // Another caller's server may be the one that starts: ours ends at once and theirs answers soon.
    if (ended !== null && ++grace > 50) throw notStarted(ended, logPath);
    return false;
  }, START_MS);
  if (!started) throw notStarted(ended ?? `it did not answer within ${START_MS / 1000} s`, logPath);
}

function notStarted(why: string, logPath: string): Failure {
  const said = readFileSync(logPath, "utf8").trim().split("\n").slice(-3).join(" ");
  return new Failure("serve/did-not-start", `The pipeline did not start: ${said || why}`, {
    advice: `Its output is in ${logPath}.`,
    data: { why },
  });
}

async function until(holds: () => Promise<boolean>, ms: number): Promise<boolean> {
  for (const end = Date.now() + ms; Date.now() < end; ) {
    if (await holds()) return true;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return false;
}
