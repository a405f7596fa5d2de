import { InputDialog, Notification } from "@jupyterlab/apputils";
import type { Host } from "@lookback/extension/host.ts";
import { allowQuestion } from "@lookback/extension/panels/kit/allow-question.ts";
import type { AllowOffer, ExplainOffer } from "@lookback/protocol/findings.ts";
import type { MeasureOffer } from "@lookback/protocol/measure.ts";
import type { LanguageServer } from "../connection/language-server.ts";
import { allowOf, explainOf, type Finding, measureOf, offsetAt, type TextEdit } from "../lsp.ts";
import { answers, askCodeActions, editsByDocument } from "../notebooks/code-actions.ts";
import type { NotebookDocument } from "../notebooks/notebook-document.ts";
import type { AttachedEditors } from "./attached-editors.ts";
import { changeCells, sourcesOf } from "./change-cells.ts";

/** Does what the server offers about a finding under this title, as it stands now: one change of the notebook, and one step of undo in whichever cell it is undone. */
export async function applyOffer(
  parts: {
    readonly server: LanguageServer;
    readonly editors: AttachedEditors;
    readonly measure: (offer: MeasureOffer) => void;
    readonly drawDiff: NonNullable<Host["drawSourceDiff"]>;
    explain(offer: ExplainOffer): void;
  },
  document: NotebookDocument,
  cellId: string,
  finding: Finding,
  title: string,
): Promise<void> {
  document.flush();
  const before = sourcesOf(document);
  const actions = await askCodeActions(parts.server, document, cellId, finding.range).catch(() => []);
  const action = actions.find((each) => each.title === title && answers(each, finding));
  const measure = action === undefined ? null : measureOf(action);
  if (measure !== null) {
    parts.measure(measure);
    return;
  }
  const explained = action === undefined ? null : explainOf(action);
  if (explained !== null) {
    parts.explain(explained);
    return;
  }
  const allow = action === undefined ? null : allowOf(action);
  const edits = allow === null ? action?.edit && editsByDocument(action.edit) : await allowed(allow);
  if (edits === "not wanted") return;
  const cells = document.cells().filter(({ id }) => edits?.has(document.cellUri(id)));
  if (edits === undefined || cells.length !== edits.size) {
    sayOld(title);
    return;
  }
  const changed = cells.map(({ id, sharedModel }) => ({
    id,
    text: sharedModel,
    edits: edits.get(document.cellUri(id)) ?? [],
  }));
  const isToLookAt = Object.values(action?.edit?.changeAnnotations ?? {}).some(
    (one) => one.needsConfirmation,
  );
  const outcome = await changeCells(title, changed, {
    here: cellId,
    drawDiff: isToLookAt ? parts.drawDiff : null,
    isOld: () => changed.some(({ id, text }) => before.get(id) !== text.getSource()),
  });
  if (outcome === "old") sayOld(title);
  if (outcome === "changed")
    putCursor(parts.editors, document, cellId, edits.get(document.cellUri(cellId)) ?? []);
}

function sayOld(title: string): void {
  Notification.warning(`The notebook has changed since “${title}” was offered. Nothing was changed.`);
}

/** The comment with the reason that the person gives. */
async function allowed({ rule, uri, at, before, after }: AllowOffer) {
  const { title, placeholder } = allowQuestion(rule);
  const { value } = await InputDialog.getText({ title, placeholder, okLabel: "Allow" });
  const reason = value?.trim() ?? "";
  if (reason === "") return "not wanted";
  return new Map([[uri, [{ range: { start: at, end: at }, newText: before + reason + after }]]]);
}

/** To the end of what was inserted: there the person goes on. */
function putCursor(
  editors: AttachedEditors,
  document: NotebookDocument,
  cellId: string,
  edits: readonly TextEdit[],
): void {
  const view = editors.cell(document, cellId)?.view;
  const [edit, ...others] = edits;
  if (view === undefined || edit === undefined || others.length > 0) return;
  const start = offsetAt(view.state.doc.toString(), edit.range.start);
  view.dispatch({
    selection: { anchor: start + edit.newText.trimEnd().length + trailingSpaces(edit.newText) },
  });
  view.focus();
}

function trailingSpaces(text: string): number {
  return / *(?=\n*$)/.exec(text)?.[0].length ?? 0;
}
