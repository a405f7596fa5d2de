import type { Host } from "@lookback/extension/host.ts";
import { crashLimit } from "@lookback/extension/hosts/crash-limit.ts";
import { serverGone, serverGoneNotice, serverUnavailable } from "@lookback/extension/hosts/server-gone.ts";
import type { ServerState } from "@lookback/extension/hosts/status-words.ts";
import { type FailureData, failureOf } from "@lookback/protocol/failures.ts";
import type { ClientOptions } from "@lookback/protocol/findings.ts";
import {
  type CancellationToken,
  CancellationTokenSource,
  type Disposable,
  EventEmitter,
  type LogOutputChannel,
  type Uri,
} from "vscode";
import {
  CloseAction,
  ErrorAction,
  LanguageClient,
  RevealOutputChannelOn,
  State,
} from "vscode-languageclient/node";

/** The language server of this window: asking it, hearing it, and stopping it. */
export interface Server {
  readonly client: LanguageClient;
  readonly state: ServerState;
  /** Why it is not there; null while it is. */
  readonly problem: string | null;
  onState(listener: () => void): Disposable;
  /** Canceled when the window closes: for requests that nobody cancels sooner. */
  readonly stopping: CancellationToken;
  /** Waits while the server starts. Rejects with `server/gone` or `server/unavailable` when it is not there and does not come by itself. */
  readonly request: Host["request"];
  readonly on: Host["on"];
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts the bundled language server over stdio, on the Node that VS Code itself runs on. Resolves also when it could not be started: `state` says so. */
export async function startServer(
  entry: Uri,
  env: Record<string, string>,
  channel: LogOutputChannel,
): Promise<Server> {
  const crashes = crashLimit();
  const stateChanged = new EventEmitter<void>();
  const window = new CancellationTokenSource();
  const server = { state: "starting" as ServerState, problem: null as string | null };
  const become = (state: ServerState, problem: string | null) => {
    server.state = state;
    server.problem = problem;
    stateChanged.fire();
  };
  const client = new LanguageClient(
    "lookback",
    "Lookback",
    {
      command: process.execPath,
      args: [entry.fsPath, "lsp", "--stdio"],
      options: { env: { ...process.env, ...env, ELECTRON_RUN_AS_NODE: "1" } },
    },
    {
      documentSelector: [
        { notebook: "jupyter-notebook", language: "python" },
        { scheme: "file", language: "python" },
        { scheme: "file", pattern: "**/lookback.toml" },
      ],
      initializationOptions: {
        asksReason: true,
        measures: true,
        showsRulePages: true,
        explainsFindings: true,
      } satisfies ClientOptions,
      diagnosticPullOptions: { onChange: true, onTabs: false },
      outputChannel: channel,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      errorHandler: {
        error: () => ({ action: ErrorAction.Continue, handled: true }),
        closed() {
          if (crashes.ended(Date.now())) return { action: CloseAction.Restart, handled: true };
          become("stopped", serverGoneNotice);
          return { action: CloseAction.DoNotRestart, handled: true };
        },
      },
    },
  );
  client.onDidChangeState(({ oldState, newState }) => {
    if (window.token.isCancellationRequested) return;
    if (newState === State.Running) become("ready", null);
    else if (newState === State.Starting) become("starting", null);
    else if (server.state === "stopped") return;
    else if (oldState === State.Starting) become("unavailable", "Lookback's server could not be started.");
    else become("lost", "The language server ended; starting it again.");
  });
  const start = async (work: () => Promise<void>) => {
    try {
      await work();
    } catch (error) {
      become("unavailable", `Lookback's server could not be started: ${failureOf(error).message}`);
    }
  };
  await start(() => client.start());
  return {
    client,
    get state() {
      return server.state;
    },
    get problem() {
      return server.problem;
    },
    onState: stateChanged.event,
    stopping: window.token,
    async restart() {
      crashes.reset();
      become("starting", null);
      await start(() => (client.state === State.Running ? client.restart() : client.start()));
      if (server.state !== "ready") throw failed(serverUnavailable(server.problem));
    },
    async stop() {
      window.cancel();
      // One that never started cannot be stopped, and says so.
      await client.dispose().catch(() => undefined);
    },
    request: requestOver(client, server),
    on: hearingFrom(client),
  };
}

function requestOver(client: LanguageClient, server: Pick<Server, "state" | "problem">): Host["request"] {
  return async (method, params, signal) => {
    if (server.state === "unavailable") throw failed(serverUnavailable(server.problem));
    if (server.state === "stopped") throw failed(serverGone);
    signal?.throwIfAborted();
    const source = new CancellationTokenSource();
    const cancel = () => source.cancel();
    signal?.addEventListener("abort", cancel);
    try {
      return await client.sendRequest(method, params, source.token);
    } catch (error) {
      if (endedWith(error)) throw failed(serverGone);
      throw error;
    } finally {
      signal?.removeEventListener("abort", cancel);
      source.dispose();
    }
  };
}

function failed(data: FailureData): Error {
  return Object.assign(new Error(data.message), { data });
}

/** The library's own words for a connection that is not there, or went while it was asked. */
function endedWith(error: unknown): boolean {
  if (!(error instanceof Error) || !("code" in error)) return false;
  return error.code === CONNECTION_INACTIVE || error.code === PENDING_REJECTED;
}

const CONNECTION_INACTIVE = -32096;
const PENDING_REJECTED = -32097;

/** The client keeps one handler a method: the pages, the status bar and whoever else listens share it. */
function hearingFrom(client: LanguageClient): Host["on"] {
  const listeners = new Map<string, Set<(payload: unknown) => void>>();
  return (method, listener) => {
    const own = listener as (payload: unknown) => void;
    let heard = listeners.get(method);
    if (heard === undefined) {
      const all = new Set<(payload: unknown) => void>();
      client.onNotification(method, (payload: unknown) => {
        for (const each of all) each(payload);
      });
      listeners.set(method, all);
      heard = all;
    }
    heard.add(own);
    return () => void listeners.get(method)?.delete(own);
  };
}
