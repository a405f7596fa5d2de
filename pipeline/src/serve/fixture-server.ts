import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach } from "vitest";
import { writeData } from "./fixture-release.ts";
import type { Prediction } from "./prediction.ts";
import { type PipelineServer, startServer } from "./start-server.ts";
import type { DeploymentStatus } from "./status.ts";

export const NOON = "2013-01-01T12:00:00Z";
export const atNoon = { inputs: { origin: "JFK", amount: 12.5 }, at: NOON };

export interface FailureBody {
  readonly code: string;
  readonly message: string;
  readonly data: Record<string, unknown>;
}

interface Answered<T> {
  readonly status: number;
  readonly body: T;
}

/** A pipeline over a workspace of its own, and how it is asked. */
export interface ServedWorkspace {
  readonly root: string;
  readonly stateDir: string;
  readonly server: PipelineServer;
  /** Starts one over the same folder, which is not the one that is asked. */
  start(): Promise<PipelineServer>;
  /** Starts one that is asked from now on; the one before was closed. `log` hears what it logs. */
  restart(log?: (event: string) => void): Promise<void>;
  call<T>(path: string, body?: unknown, token?: string): Promise<Answered<T>>;
  deploy(path: string): Promise<Answered<DeploymentStatus>>;
  predict(body: unknown): Promise<Answered<Prediction>>;
}

/** Makes it anew before each test of the file that asks for it; `options` are those of the server, asked for as it starts. */
export function servedWorkspace(
  options: () => Partial<Parameters<typeof startServer>[0]> = () => ({}),
): ServedWorkspace {
  let root = "";
  let server: PipelineServer;
  const stateDir = () => join(root, ".lookback", "pipeline");
  const start = (log: (event: string) => void = () => undefined) =>
    startServer({ stateDir: stateDir(), workspaceRoot: root, port: 0, log, ...options() });
  beforeEach(async () => {
    root = mkdtempSync(join(tmpdir(), "lookback-serve-"));
    await writeData(root);
    server = await start();
  });
  afterEach(async () => {
    await server.close();
    rmSync(root, { recursive: true, force: true });
  });
  const call = async <T>(path: string, body?: unknown, token = server.token): Promise<Answered<T>> => {
    const response = await fetch(server.url + path, {
      method: body === undefined ? "GET" : "POST",
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as T };
  };
  return {
    get root() {
      return root;
    },
    get stateDir() {
      return stateDir();
    },
    get server() {
      return server;
    },
    start: () => start(),
    async restart(log) {
      server = await start(log);
    },
    call,
    deploy: (path) => call("/v1/deploy", { path }),
    predict: (body) => call("/v1/predict", body),
  };
}
