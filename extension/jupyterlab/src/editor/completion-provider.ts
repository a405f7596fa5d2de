import type { CompletionHandler, ICompletionContext, ICompletionProvider } from "@jupyterlab/completer";
import { NotebookPanel } from "@jupyterlab/notebook";
import type { LanguageServer } from "../connection/language-server.ts";
import { offsetAt, positionAt, type Range } from "../lsp.ts";
import type { OpenNotebooks } from "../notebooks/open-notebooks.ts";

interface Item {
  readonly label: string;
  readonly kind?: number;
  readonly detail?: string;
  readonly documentation?: string | { readonly value: string };
  readonly insertText?: string;
  readonly textEdit?: { readonly range: Range; readonly newText: string };
  readonly sortText?: string;
}

/** Completes feature definitions: ranks first, and says nothing where the server has nothing, so that the kernel's own completions stand. */
export function completionProvider(server: LanguageServer, notebooks: OpenNotebooks): ICompletionProvider {
  return {
    identifier: "lookback:completion",
    rank: 1200,
    renderer: null,
    async isApplicable(context) {
      return server.state === "ready" && documentOf(context, notebooks) !== null;
    },
    async fetch(request, context) {
      const found = documentOf(context, notebooks);
      const nothing = { start: request.offset, end: request.offset, items: [] };
      if (found === null) return nothing;
      const { document, cellId } = found;
      document.flush();
      const answer = await server.ask<readonly Item[] | { readonly items: readonly Item[] } | null>(
        "textDocument/completion",
        {
          textDocument: { uri: document.cellUri(cellId) },
          position: positionAt(request.text, request.offset),
          context: { triggerKind: 1 },
        },
      );
      const items = answer === null ? [] : "items" in answer ? answer.items : answer;
      if (items.length === 0) return nothing;
      const range = items[0]?.textEdit?.range;
      const word = /[\w]*$/.exec(request.text.slice(0, request.offset))?.[0] ?? "";
      return {
        start: range === undefined ? request.offset - word.length : offsetAt(request.text, range.start),
        end: range === undefined ? request.offset : offsetAt(request.text, range.end),
        items: [...items]
          .sort((a, b) => ((a.sortText ?? a.label) < (b.sortText ?? b.label) ? -1 : 1))
          .map(toItem),
      };
    },
  };
}

function documentOf(context: ICompletionContext, notebooks: OpenNotebooks) {
  const document = context.widget instanceof NotebookPanel ? notebooks.all.get(context.widget) : undefined;
  const model = context.editor?.model.sharedModel;
  const cell = document?.cells().find(({ sharedModel }) => sharedModel === model);
  return document === undefined || cell === undefined ? null : { document, cellId: cell.id };
}

const kinds: Readonly<Record<number, string>> = {
  5: "field",
  6: "variable",
  7: "class",
  9: "module",
  10: "property",
  12: "value",
  14: "keyword",
  17: "file",
  18: "reference",
};

function toItem(item: Item): CompletionHandler.ICompletionItem {
  const documentation =
    typeof item.documentation === "string" ? item.documentation : item.documentation?.value;
  const text = [item.detail, documentation].filter((part) => part !== undefined && part !== "").join("\n\n");
  return {
    label: item.label,
    insertText: item.textEdit?.newText ?? item.insertText ?? item.label,
    type: kinds[item.kind ?? 6] ?? "value",
    ...(text !== "" && { documentation: text }),
  };
}
