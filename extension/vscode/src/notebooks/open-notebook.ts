import { type NotebookDocument, workspace } from "vscode";
import type { Server } from "../language-client.ts";

/** The open notebook that the server, or VS Code, knows by this name. */
export function openNotebook(server: Server, uri: string): NotebookDocument | undefined {
  return workspace.notebookDocuments.find(
    (open) => server.client.code2ProtocolConverter.asUri(open.uri) === uri || open.uri.toString() === uri,
  );
}
