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
  type WorkspaceFolder,
} from "vscode-languageserver/node";
import { version } from "../version.ts";
import { abilitiesOf } from "./client-abilities.ts";
import { failureData } from "./failure-data.ts";
import { openFolders } from "./folders.ts";
import type { AnyHandler, Context } from "./handler.ts";
import { languageRequests } from "./language-requests.ts";
import { lookbackRequests } from "./lookback-requests.ts";
import { publishDiagnostics } from "./publish-diagnostics.ts";
import { fixAllKind } from "./requests/code-action.ts";
import { openSession, type Session } from "./session.ts";
import { tellOfFindings } from "./tell-of-findings.ts";
import type { World } from "./world.ts";

/**
 * Serves one editor over a connection of any transport until it goes away.
 *
 * A request that fails answers with `FailureData`, and the server
 * lives on: a bug in one request costs only that request.
 */
export function startServer(connection: Connection, world: World): void {
  let session: Session | null = null;
  let changingFolders = false;
  const current = (): Session => {
    if (session === null) throw new ResponseError(ErrorCodes.ServerNotInitialized, "Not initialized yet.");
    return session;
  };

  connection.onInitialize(async (params): Promise<InitializeResult> => {
    const folders = openFolders(foldersOf(params));
    const able = abilitiesOf(params.capabilities, params.initializationOptions);
    const client = params.clientInfo?.name ?? null;
    session = await openSession(connection, world, able, folders, client);
    if (!able.pullsDiagnostics) publishDiagnostics(session);
    if (able.explainsFindings) tellOfFindings(session);
    changingFolders = able.changesFolders;
    world.log("info", "initialized", {
      folders: folders.all().length,
      client: client ?? "unknown",
    });
    return { capabilities, serverInfo: { name: "lookback", version } };
  });
  connection.onInitialized(() => {
    current().start();
    // Declared below, so that nothing need be registered; the library has it only for clients that know of folders.
    if (changingFolders) connection.workspace.onDidChangeWorkspaceFolders(current().changeFolders);
  });
  connection.onShutdown(() => session?.stop());

  languageRequests(connection, current);
  for (const { method, run } of Object.values<AnyHandler>(lookbackRequests)) {
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
    // Every cell, text too: what a cell without an id is called depends on how many stand before it.
    notebookSelector: [{ notebook: { notebookType: "jupyter-notebook" } }],
  },
  diagnosticProvider: { identifier: "lookback", interFileDependencies: true, workspaceDiagnostics: false },
  completionProvider: { triggerCharacters: ['"', "'", ":", "(", ","] },
  hoverProvider: true,
  codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, fixAllKind] },
  codeLensProvider: {},
  workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
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

/** A client without folders may still have one root; one with neither has no folder open. */
function foldersOf({ workspaceFolders, rootUri }: InitializeParams): WorkspaceFolder[] {
  if (workspaceFolders) return workspaceFolders;
  return rootUri ? [{ uri: rootUri, name: "workspace" }] : [];
}
