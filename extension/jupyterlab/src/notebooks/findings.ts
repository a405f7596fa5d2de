import { type ISignal, Signal } from "@lumino/signaling";
import type { LanguageServer } from "../connection/language-server.ts";
import { type Finding, gapOf, leakOf, leftOutOf } from "../lsp.ts";
import { answers, askCodeActions } from "./code-actions.ts";
import type { NotebookDocument } from "./notebook-document.ts";
import type { OpenNotebooks } from "./open-notebooks.ts";

/** A finding, and the titles of what the server offers to do about it, best first. */
export interface OfferedFinding extends Finding {
  readonly offers: readonly string[];
}

/** What the linter says of every open notebook, kept current as the person types. */
export interface Findings {
  of(document: NotebookDocument, cellId: string): readonly OfferedFinding[];
  /** The leaks of the whole notebook, in cell order. */
  leaks(document: NotebookDocument): readonly FoundInCell[];
  /** What was not read of the whole notebook and may decide whether it leaks, in cell order. */
  unread(document: NotebookDocument): readonly FoundInCell[];
  /** What the settings leave out of the findings, and what of them cannot be used. */
  leftOut(document: NotebookDocument): readonly string[];
  readonly changed: ISignal<
    object,
    { readonly document: NotebookDocument; readonly cellIds: readonly string[] }
  >;
  /** Off: nothing is asked and nothing is shown. */
  enabled(on: boolean): void;
}

interface FoundInCell {
  readonly cellId: string;
  readonly finding: Finding;
}

interface CellFindings {
  readonly items: readonly OfferedFinding[];
  readonly resultId: string | undefined;
}

type Report =
  | { readonly kind: "full"; readonly resultId?: string; readonly items: readonly Finding[] }
  | { readonly kind: "unchanged"; readonly resultId: string };

export function watchFindings(server: LanguageServer, notebooks: OpenNotebooks): Findings {
  const kept = new Map<NotebookDocument, Map<string, CellFindings>>();
  const running = new Map<string, AbortController>();
  const changed = new Signal<object, { document: NotebookDocument; cellIds: readonly string[] }>(kept);
  let on = true;

  const pullCell = async (document: NotebookDocument, cellId: string): Promise<boolean> => {
    const cells = kept.get(document);
    const uri = document.cellUri(cellId);
    running.get(uri)?.abort();
    const controller = new AbortController();
    running.set(uri, controller);
    const previousResultId = cells?.get(cellId)?.resultId;
    try {
      const report = await server.ask<Report>(
        "textDocument/diagnostic",
        { textDocument: { uri }, ...(previousResultId && { previousResultId }) },
        controller.signal,
      );
      if (report.kind === "unchanged" || cells === undefined) return false;
      const { items, resultId } = report;
      // What is found is shown at once; which fixes hold is tried meanwhile, and shown when it is known. Until then stands what was
      // offered for it before: an offer is asked for again when it is taken.
      const former = cells.get(cellId)?.items ?? [];
      const offersOf = ({ code, message }: Finding) =>
        former.find((each) => each.code === code && each.message === message)?.offers ?? [];
      cells.set(cellId, {
        items: items.map((item) => ({ ...item, offers: offersOf(item) })),
        resultId: undefined,
      });
      changed.emit({ document, cellIds: [cellId] });
      cells.set(cellId, {
        items: await offered(server, document, cellId, items, controller.signal),
        resultId,
      });
      return true;
    } catch {
      // Superseded by a newer text, or the server ended: the next answer replaces this one.
      return false;
    } finally {
      if (running.get(uri) === controller) running.delete(uri);
    }
  };

  const pull = async (document: NotebookDocument, cellIds: readonly string[]) => {
    if (!on) return;
    if (!kept.has(document)) kept.set(document, new Map());
    const fresh = await Promise.all(cellIds.map((id) => pullCell(document, id)));
    const news = cellIds.filter((_, index) => fresh[index]);
    if (news.length > 0) changed.emit({ document, cellIds: news });
  };

  const idsOf = (document: NotebookDocument) => document.cells().map(({ id }) => id);
  const forget = (document: NotebookDocument) => {
    const cellIds = [...(kept.get(document)?.keys() ?? [])];
    kept.delete(document);
    changed.emit({ document, cellIds });
  };
  const follow = (document: NotebookDocument) => {
    document.sent.connect((_, cellIds) => void pull(document, cellIds));
    void pull(document, idsOf(document));
  };

  notebooks.opened.connect((_, document) => follow(document));
  notebooks.closed.connect((_, document) => forget(document));
  server.refreshAsked.connect((_, what) => {
    if (what !== "diagnostics") return;
    for (const document of notebooks.all.values()) void pull(document, idsOf(document));
  });
  // Result ids belong to the server that gave them.
  server.started.connect(() => {
    for (const cells of kept.values()) cells.clear();
  });

  const found = (document: NotebookDocument, isMeant: (finding: Finding) => boolean) =>
    idsOf(document).flatMap((cellId) =>
      (kept.get(document)?.get(cellId)?.items ?? []).filter(isMeant).map((finding) => ({ cellId, finding })),
    );

  return {
    of: (document, cellId) => kept.get(document)?.get(cellId)?.items ?? [],
    leaks: (document) => found(document, (finding) => leakOf(finding) !== null),
    unread: (document) => found(document, (finding) => gapOf(finding)?.weight === "unread"),
    leftOut: (document) =>
      found(document, (finding) => leftOutOf(finding) !== null).map(({ finding }) => finding.message),
    changed,
    enabled(wanted) {
      if (on === wanted) return;
      on = wanted;
      for (const document of notebooks.all.values()) {
        if (on) void pull(document, idsOf(document));
        else forget(document);
      }
    },
  };
}

/** The offers are asked for together: a tooltip shows them at once. */
async function offered(
  server: LanguageServer,
  document: NotebookDocument,
  cellId: string,
  items: readonly Finding[],
  signal: AbortSignal,
): Promise<OfferedFinding[]> {
  const [first] = items;
  if (first === undefined) return [];
  const last = items.reduce((end, { range }) => Math.max(end, range.end.line), 0);
  const range = { start: { line: 0, character: 0 }, end: { line: last + 1, character: 0 } };
  const actions = await askCodeActions(server, document, cellId, range, signal);
  return items.map((item) => ({
    ...item,
    offers: actions.filter((action) => answers(action, item)).map(({ title }) => title),
  }));
}
