import {
  type Diagnostic,
  DiagnosticRelatedInformation,
  type Disposable,
  languages,
  type NotebookDocument,
  type TextDocument,
  workspace,
} from "vscode";
import { DocumentDiagnosticRequest, vsdiag } from "vscode-languageclient/node";
import type { Server } from "../language-client.ts";
import { type Log, reasonOf } from "../log.ts";
import { namesOfCells } from "./go-to-place.ts";

/**
 * Shows the server's findings in notebook cells. The language client pulls for text tabs only: this pulls for the cells
 * of open notebooks, all of a notebook when one changes, since a finding may follow from another cell. An answer for a
 * text that has changed meanwhile is dropped.
 */
export function pullFindings(server: Server, log: Log): Disposable {
  const findings = languages.createDiagnosticCollection("lookback");
  const waiting = new Map<NotebookDocument, NodeJS.Timeout>();
  const feature = server.client.getFeature(DocumentDiagnosticRequest.method);
  const providers = new Map<object, Disposable>();

  const pullCell = async (notebook: NotebookDocument, document: TextDocument) => {
    const provider = feature?.getProvider(document);
    if (provider === undefined) return;
    // The server asks for a new pull when it has learned something that no edit told, such as a file's columns.
    if (!providers.has(provider)) providers.set(provider, provider.onDidChangeDiagnosticsEmitter.event(all));
    const { version } = document;
    const report = await provider.diagnostics.provideDiagnostics(document, undefined, server.stopping);
    if (report?.kind !== vsdiag.DocumentDiagnosticReportKind.full) return;
    if (document.version !== version || document.isClosed) return;
    for (const finding of report.items) nameCells(notebook, finding);
    findings.set(document.uri, report.items);
  };
  const pull = async (notebook: NotebookDocument) => {
    try {
      await Promise.all(pythonCells(notebook).map((document) => pullCell(notebook, document)));
    } catch (error) {
      log("warn", "findings not pulled", { notebook: notebook.uri.path, reason: reasonOf(error) });
    }
  };
  const soon = (notebook: NotebookDocument) => {
    if (notebook.notebookType !== "jupyter-notebook") return;
    clearTimeout(waiting.get(notebook));
    waiting.set(
      notebook,
      setTimeout(() => void pull(notebook), SETTLE_MS),
    );
  };
  const all = () => workspace.notebookDocuments.forEach(soon);

  const subscriptions = [
    findings,
    workspace.onDidOpenNotebookDocument(soon),
    workspace.onDidChangeNotebookDocument(({ notebook }) => soon(notebook)),
    workspace.onDidCloseNotebookDocument((notebook) => {
      clearTimeout(waiting.get(notebook));
      waiting.delete(notebook);
      for (const document of pythonCells(notebook)) findings.delete(document.uri);
    }),
    // A cell that was deleted, or is no longer Python, has nothing to say.
    workspace.onDidCloseTextDocument((document) => findings.delete(document.uri)),
  ];
  all();
  return {
    dispose() {
      for (const subscription of [...subscriptions, ...providers.values()]) subscription.dispose();
      for (const timer of waiting.values()) clearTimeout(timer);
    },
  };
}

/** Long enough that a typist is not chased, and that the change itself has been sent. */
const SETTLE_MS = 150;

/** VS Code names every step of a finding's path by the notebook's file alone: says which cell it is in. */
function nameCells(notebook: NotebookDocument, finding: Diagnostic): void {
  if (finding.relatedInformation === undefined) return;
  const names = namesOfCells(notebook);
  finding.relatedInformation = finding.relatedInformation.map((step) => {
    const name = names[step.location.uri.toString()];
    if (name === undefined) return step;
    return new DiagnosticRelatedInformation(step.location, `${name}: ${step.message}`);
  });
}

function pythonCells(notebook: NotebookDocument): TextDocument[] {
  return notebook
    .getCells()
    .map((cell) => cell.document)
    .filter((document) => document.languageId === "python");
}
