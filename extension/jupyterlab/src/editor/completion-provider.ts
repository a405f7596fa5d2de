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
  readonly filterText?: string;
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
      const offered = answer === null ? [] : "items" in answer ? answer.items : answer;
      const range = offered[0]?.textEdit?.range;
      const word = /\w*$/.exec(request.text.slice(0, request.offset))?.[0] ?? "";
      const start = range === undefined ? request.offset - word.length : offsetAt(request.text, range.start);
      const items = matching(offered, request.text.slice(start, request.offset));
      if (items.length === 0) return nothing;
      const end = range === undefined ? request.offset : offsetAt(request.text, range.end);
      return { start, end, items: items.map(toItem) };
    },
  };
}

/** The server offers all that fits the place; JupyterLab narrows only what is typed from now on. Beginnings first. */
function matching(items: readonly Item[], typed: string): Item[] {
  const wanted = typed.replace(/^['"]/, "").toLowerCase();
  const place = (item: Item) => (item.filterText ?? item.label).toLowerCase().indexOf(wanted);
  const order = (item: Item) => `${place(item) === 0 ? 0 : 1}${item.sortText ?? item.label}`;
  return items.filter((item) => place(item) !== -1).sort((a, b) => (order(a) < order(b) ? -1 : 1));
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
