import { randomUUID } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Failure } from "@lookback/kernel-bridge/failure.ts";
import Fastify from "fastify";
import { openFeatureStore } from "../features/feature-store.ts";
import { createMetrics } from "../monitor/metrics.ts";
import { serverToken } from "./access.ts";
import { openAuditLog, sayAuditTail } from "./audit-log.ts";
import { openDeployments } from "./deployments.ts";
import { addRoutes } from "./routes.ts";
import type { PoolLimits } from "./runtimes/python/pool.ts";
import { DEFAULT_LIMITS } from "./runtimes/runtime-world.ts";
import { removeServerInfo, writeServerInfo } from "./server-file.ts";
import { claim, lockHolder, lockPath } from "./server-lock.ts";
import { readState } from "./state-file.ts";

export interface PipelineServer {
  readonly url: string;
  readonly token: string;
  /** Resolves when the server has stopped, by `close` or by a request. */
  readonly stopped: Promise<void>;
  close(): Promise<void>;
}

/**
 * Serves what is deployed in a state folder. One server a folder: fails with `serve/already-running` while another lives.
 *
 * Listens on loopback unless told otherwise. Without a port it takes 8088, or any free one when that is taken; a port that was asked
 * for and is taken fails with `serve/port-taken`. The state folder is made, readable by its owner alone.
 */
export async function startServer(options: {
  stateDir: string;
  workspaceRoot: string;
  host?: string;
  port?: number;
  now?: () => Date;
  log?: (event: string, data: Readonly<Record<string, unknown>>) => void;
  /** Of which a model that runs in Python is run with what it needs to start, and no more. */
  env?: Readonly<Record<string, string | undefined>>;
  /** Of a model that runs in Python. */
  limits?: Partial<PoolLimits>;
}): Promise<PipelineServer> {
  const {
    stateDir,
    workspaceRoot,
    host = "127.0.0.1",
    now = () => new Date(),
    log = () => undefined,
    env = process.env,
  } = options;
  mkdirSync(stateDir, { recursive: true, mode: 0o700 });
  chmodSync(stateDir, 0o700);
  const release = claim(stateDir);
  if (release === null) {
    const holder = lockHolder(stateDir);
    const who = holder === null ? "Another pipeline" : `Process ${holder.pid} on ${holder.host}`;
    throw new Failure("serve/already-running", `${who} serves ${stateDir}. This one was not started.`, {
      advice: `\`lookback pipeline status\` says where it is, \`stop\` ends it. If there is none, delete ${lockPath(stateDir)}.`,
      data: { holder },
    });
  }
  const closing: (() => unknown)[] = [release];
  const close = once(async () => {
    for (const step of closing.reverse()) await step();
  });
  try {
    const token = serverToken(stateDir);
    const instance = randomUUID();
    const metrics = createMetrics();
    const audit = openAuditLog(join(stateDir, "audit"), { now });
    closing.push(() => audit.close());
    const ended = sayAuditTail(audit.recovered);
    if (ended !== null) log("audit log recovered", { ...audit.recovered });
    const found = ended === null ? [] : [`${ended} Its next record says so.`];
    const state = readState(stateDir);
    const online = join(stateDir, "online");
    // A damaged database ends the process as it is read. All it holds is made from the sources, so the next start makes it anew.
    const opening = join(stateDir, "online.opening");
    if (existsSync(opening)) {
      log("online store made anew", { why: "the server ended while it was opened" });
      for (const file of ["data.mdb", "lock.mdb"]) rmSync(join(online, file), { force: true });
    }
    writeFileSync(opening, "", { mode: 0o600 });
    const store = openFeatureStore(online, now);
    closing.push(() => store.close());
    const runtimes = { env, log, limits: { ...DEFAULT_LIMITS, ...options.limits } };
    const deployments = openDeployments({ stateDir, workspaceRoot, store, audit, metrics, now, runtimes });
    // What is under way writes to the store and the log.
    closing.push(() => deployments.close());
    await deployments.restore(state);
    rmSync(opening);

    const app = Fastify({
      ...{ logger: false, bodyLimit: 4 << 20, forceCloseConnections: "idle" as const },
      requestTimeout: REQUEST_MS,
    });
    const since = now().toISOString();
    let stopping: () => void = () => undefined;
    const stopped = new Promise<void>((resolve) => {
      stopping = resolve;
    });
    let url = "";
    addRoutes(app, {
      ...{ deployments, audit, metrics, token, instance, now },
      about: () => ({ url, since, problems: [...found, ...deployments.stale()] }),
      stop: () => void close().then(stopping),
    });
    url = await listen(app, host, options.port);
    closing.push(() => closeSoon(app));
    writeServerInfo(stateDir, { pid: process.pid, url, since, instance });
    closing.push(() => removeServerInfo(stateDir, instance));
    const refreshing = setInterval(() => {
      deployments.refresh().catch((error: unknown) => log("refresh failed", { error: String(error) }));
    }, REFRESH_MS);
    refreshing.unref();
    closing.push(() => clearInterval(refreshing));
    await audit.append({ kind: "start", instance, pid: process.pid });
    return { url, token, stopped, close: () => close().then(stopping) };
  } catch (error) {
    await close();
    throw error instanceof Failure ? error : notStarted(stateDir, error);
  }
}

function notStarted(stateDir: string, cause: unknown): Failure {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new Failure("serve/not-started", `The pipeline was not started: ${why}.`, {
    advice: `Look at ${stateDir}: it must be a folder that can be written, on a disk with space.`,
    cause,
  });
}

const DEFAULT_PORT = 8088;

/** How often sources are looked at for new rows. */
const REFRESH_MS = 30_000;

/** How long a client may take to send its request. */
const REQUEST_MS = 30_000;

/** How long a stop waits for answers under way. */
const GRACE_MS = 5_000;

/** What is being answered is answered first; a client that goes on sending keeps no server alive. */
async function closeSoon(app: ReturnType<typeof Fastify>): Promise<void> {
  const grace = setTimeout(() => app.server.closeAllConnections(), GRACE_MS);
  await app.close().finally(() => clearTimeout(grace));
}

async function listen(
  app: ReturnType<typeof Fastify>,
  host: string,
  port: number | undefined,
): Promise<string> {
  try {
    return await app.listen({ host, port: port ?? DEFAULT_PORT });
  } catch (cause) {
    const taken = cause instanceof Error && "code" in cause && cause.code === "EADDRINUSE";
    if (taken && port === undefined) return app.listen({ host, port: 0 });
    throw new Failure(
      "serve/port-taken",
      `The pipeline cannot listen on ${host}:${port ?? DEFAULT_PORT}. It was not started.`,
      {
        advice: "Choose another port with --port.",
        data: { host, port: port ?? DEFAULT_PORT },
        cause,
      },
    );
  }
}

function once(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | null = null;
  return () => {
    running ??= work();
    return running;
  };
}
