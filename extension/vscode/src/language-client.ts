import type { Host } from "@lookback/extension/host.ts";
import type { FailureData } from "@lookback/protocol/failures.ts";
import { type CancellationToken, CancellationTokenSource, type LogOutputChannel, type Uri } from "vscode";
import { LanguageClient, RevealOutputChannelOn } from "vscode-languageclient/node";

/** The language server of this window: asking it, hearing it, and stopping it. */
export interface Server {
  readonly client: LanguageClient;
  /** Canceled when the window closes: for requests that nobody cancels sooner. */
  readonly stopping: CancellationToken;
  readonly request: Host["request"];
  readonly on: Host["on"];
  stop(): Promise<void>;
}

/** Starts the bundled language server over stdio, on the Node that VS Code itself runs on. */
export async function startServer(
  entry: Uri,
  env: Record<string, string>,
  channel: LogOutputChannel,
): Promise<Server> {
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
      ],
      diagnosticPullOptions: { onChange: true, onTabs: false },
      outputChannel: channel,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
    },
  );
  await client.start();
  const window = new CancellationTokenSource();
  return {
    client,
    stopping: window.token,
    async stop() {
      window.cancel();
      await client.dispose();
    },
    request: requestOver(client),
    on: hearingFrom(client),
  };
}

function requestOver(client: LanguageClient): Host["request"] {
  return async (method, params, signal) => {
    const source = new CancellationTokenSource();
    const cancel = () => source.cancel();
    signal?.addEventListener("abort", cancel);
    try {
      return await client.sendRequest(method, params, source.token);
    } finally {
      signal?.removeEventListener("abort", cancel);
      source.dispose();
    }
  };
}

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

/** The failure that an error is, or carries as `data`; anything else becomes one with the code `host/unexpected`. */
export function failureOf(error: unknown): FailureData {
  if (isFailure(error)) {
    const { code, message, advice, data } = error;
    return { code, message, advice, data };
  }
  const carried = error instanceof Error && "data" in error ? error.data : null;
  if (isFailure(carried)) return carried;
  const message = error instanceof Error ? error.message : String(error);
  return { code: "host/unexpected", message, advice: "", data: {} };
}

function isFailure(value: unknown): value is FailureData {
  return (
    typeof value === "object" &&
    value !== null &&
    "code" in value &&
    typeof value.code === "string" &&
    "message" in value &&
    typeof value.message === "string" &&
    "advice" in value &&
    typeof value.advice === "string"
  );
}
