import type { CommandRegistry } from "@lumino/commands";
import type { LanguageServer } from "../connection/language-server.ts";
import type { CodeLens } from "../lsp.ts";
import { indexOfCell } from "../notebooks/index-of-cell.ts";
import type { NotebookDocument } from "../notebooks/notebook-document.ts";
import type { OpenNotebooks } from "../notebooks/open-notebooks.ts";

/** A small line above each cell the server has something to offer for. */
export interface CodeLenses {
  enabled(on: boolean): void;
}

const QUIET_MS = 150;

export function showCodeLenses(
  server: LanguageServer,
  notebooks: OpenNotebooks,
  commands: CommandRegistry,
): CodeLenses {
  const timers = new Map<NotebookDocument, ReturnType<typeof setTimeout>>();
  let on = true;

  const refresh = async (document: NotebookDocument) => {
    await Promise.all(
      document.cells().map(async ({ id }) => {
        const lenses = on ? await ask(server, document, id) : [];
        if (lenses !== null) await draw(document, id, lenses, commands);
      }),
    );
  };
  const soon = (document: NotebookDocument) => {
    clearTimeout(timers.get(document));
    timers.set(
      document,
      setTimeout(() => void refresh(document), QUIET_MS),
    );
  };
  notebooks.opened.connect((_, document) => {
    document.sent.connect(() => soon(document));
    soon(document);
  });
  notebooks.closed.connect((_, document) => {
    clearTimeout(timers.get(document));
    timers.delete(document);
  });
  server.refreshAsked.connect((_, what) => {
    if (what === "codeLens") for (const document of notebooks.all.values()) soon(document);
  });
  return {
    enabled(wanted) {
      if (on === wanted) return;
      on = wanted;
      for (const document of notebooks.all.values()) void refresh(document);
    },
  };
}

/** Null when the server could not answer: what stands above the cell then stays. */
async function ask(server: LanguageServer, document: NotebookDocument, cellId: string) {
  try {
    const uri = document.cellUri(cellId);
    return (
      (await server.ask<readonly CodeLens[] | null>("textDocument/codeLens", { textDocument: { uri } })) ?? []
    );
  } catch {
    return null;
  }
}

async function draw(
  document: NotebookDocument,
  cellId: string,
  lenses: readonly CodeLens[],
  commands: CommandRegistry,
): Promise<void> {
  const notebook = document.panel.content;
  const cell = notebook.widgets[indexOfCell(notebook, cellId)];
  if (cell === undefined) return;
  await cell.ready;
  const header = cell.node.querySelector(":scope > .jp-CellHeader");
  if (header === null) return;
  header.querySelector(":scope > .lb-lens")?.remove();
  const shown = lenses.filter(({ command }) => command !== undefined);
  if (shown.length === 0) return;
  const line = globalThis.document.createElement("div");
  line.className = "lb-root lb-lens";
  for (const { command } of shown) {
    if (command === undefined) continue;
    // What follows the first dot is a fact, not an action.
    const [action = "", ...facts] = command.title.split(" · ");
    const button = globalThis.document.createElement("button");
    button.className = "lb-link";
    button.textContent = action;
    button.onclick = () => void runLens(command, document, cellId, commands);
    line.append(button);
    if (facts.length > 0) line.append(` · ${facts.join(" · ")}`);
  }
  header.append(line);
}

/** The server names commands as VS Code does (`lookback.previewJoin`, notebook and name as arguments). */
async function runLens(
  command: NonNullable<CodeLens["command"]>,
  document: NotebookDocument,
  cellId: string,
  commands: CommandRegistry,
): Promise<void> {
  const name = command.command.replace(/^lookback\./, "");
  const id = `lookback:${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  const [, trainingSet] = command.arguments ?? [];
  await commands.execute(id, {
    notebook: document.path,
    cellId,
    ...(typeof trainingSet === "string" && { trainingSet }),
  });
}
