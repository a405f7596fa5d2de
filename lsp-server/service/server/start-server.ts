import { fileURLToPath } from "node:url";
import type { FailureData } from "@lookback/protocol/failures.ts";
import type { RequestMethod } from "@lookback/protocol/requests.ts";
import {
  type CancellationToken,
  CodeActionKind,
  type Connection,
  ErrorCodes,
  type InitializeParams,
  type InitializeResult,
  PositionEncodingKind,
  ResponseError,
  TextDocumentSyncKind,
} from "vscode-languageserver/node";
import { version } from "../version.ts";
import { abilitiesOf } from "./client-abilities.ts";
import { failureData } from "./failure-data.ts";
import type { Context } from "./handler.ts";
import { languageRequests } from "./language-requests.ts";
import { lookbackRequests } from "./lookback-requests.ts";
import { openSession, type Session } from "./session.ts";
import type { World } from "./world.ts";

/**
 * Serves one editor over a connection of any transport until it goes away.
 *
 * `worldAt` is given the absolute path of the workspace root. A request that fails answers with `FailureData`, and the server
 * lives on: a bug in one request costs only that request.
 */
export function startServer(connection: Connection, worldAt: (root: string) => World): void {
  let session: Session | null = null;
  const current = (): Session => {
    if (session === null) throw new ResponseError(ErrorCodes.ServerNotInitialized, "Not initialized yet.");
    return session;
  };

  connection.onInitialize(async (params): Promise<InitializeResult> => {
    const world = worldAt(rootOf(params));
    session = await openSession(connection, world, abilitiesOf(params.capabilities));
    world.log("info", "initialized", { root: world.root, client: params.clientInfo?.name ?? "unknown" });
    return { capabilities, serverInfo: { name: "lookback", version } };
  });
  connection.onInitialized(() => current().start());
  connection.onShutdown(() => session?.stop());

  languageRequests(connection, current);
  for (const { method, run } of lookbackRequests) {
    connection.onRequest(method, (params: unknown, token: CancellationToken) => {
      const { notify } = current().client;
      const context: Context = { signal: signalOf(token), notify };
      return answer(current(), method, () => run(current(), params, context));
    });
  }
  connection.listen();
}

const capabilities: InitializeResult["capabilities"] = {
  positionEncoding: PositionEncodingKind.UTF16,
  textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
  notebookDocumentSync: {
    notebookSelector: [{ notebook: { notebookType: "jupyter-notebook" }, cells: [{ language: "python" }] }],
  },
  diagnosticProvider: { identifier: "lookback", interFileDependencies: true, workspaceDiagnostics: false },
  completionProvider: { triggerCharacters: ['"', "'", ":", "(", ","] },
  hoverProvider: true,
  codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix] },
  codeLensProvider: {},
};

async function answer<T>(
  session: Session,
  method: RequestMethod,
  run: () => Promise<T>,
): Promise<T | ResponseError<FailureData>> {
  const began = performance.now();
  try {
    const result = await run();
    session.world.log("debug", "answered", { method, ms: Math.round(performance.now() - began) });
    return result;
  } catch (error) {
    const data = failureData(error);
    session.world.log(data.code === "bug" ? "error" : "warning", "failed", { method, ...data });
    return new ResponseError(ErrorCodes.InternalError, data.message, data);
  }
}

function signalOf(token: CancellationToken): AbortSignal {
  const abort = new AbortController();
  if (token.isCancellationRequested) abort.abort();
  token.onCancellationRequested(() => abort.abort());
  return abort.signal;
}

function rootOf(params: InitializeParams): string {
  const uri = params.workspaceFolders?.[0]?.uri ?? params.rootUri;
  return uri?.startsWith("file:") ? fileURLToPath(uri) : process.cwd();
}
