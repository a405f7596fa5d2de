import { InputDialog, Notification } from "@jupyterlab/apputils";
import type { Host } from "@lookback/extension/host.ts";
import { allowQuestion } from "@lookback/extension/hosts/allow-question.ts";
import type { AllowOffer } from "@lookback/protocol/findings.ts";
import type { MeasureOffer } from "@lookback/protocol/measure.ts";
import type { LanguageServer } from "../connection/language-server.ts";
import { allowOf, type Finding, measureOf, offsetAt, type TextEdit } from "../lsp.ts";
import { answers, askCodeActions, askFixAll, editsByDocument } from "../notebooks/code-actions.ts";
import type { NotebookDocument } from "../notebooks/notebook-document.ts";
import type { AttachedEditors } from "./attached-editors.ts";
import { changeTogether, type EditedText } from "./change-together.ts";
import { isTaken } from "./look-first.ts";
import { sayKept } from "./say-kept.ts";

/** Does what the server offers about a finding under this title, as it stands now: one change of the notebook, and one step of undo in whichever cell it is undone. */
export async function applyOffer(
  parts: {
    readonly server: LanguageServer;
    readonly editors: AttachedEditors;
    readonly measure: (offer: MeasureOffer) => void;
    readonly drawDiff: NonNullable<Host["drawSourceDiff"]>;
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
  const allow = action === undefined ? null : allowOf(action);
  const edits = allow === null ? action?.edit && editsByDocument(action.edit) : await allowed(allow);
  if (edits === "not wanted") return;
  const cells = document.cells().filter(({ id }) => edits?.has(document.cellUri(id)));
  const isOld = () => cells.some(({ id, sharedModel }) => before.get(id) !== sharedModel.getSource());
  if (edits === undefined || isOld() || cells.length !== edits.size) {
    sayOld(title);
    return;
  }
  const changed = cells.map(({ id, sharedModel }) => ({
    text: sharedModel,
    edits: edits.get(document.cellUri(id)) ?? [],
  }));
  const isToLookAt = Object.values(action?.edit?.changeAnnotations ?? {}).some(
    (one) => one.needsConfirmation,
  );
  if (isToLookAt && !(await isTaken(title, changed, parts.drawDiff))) return;
  // Somebody else may have typed while it was looked at.
  if (isOld()) {
    sayOld(title);
    return;
  }
  change(changed);
  if (cells.some(({ id }) => id !== cellId)) sayChanged(title, changed);
  putCursor(parts.editors, document, cellId, edits.get(document.cellUri(cellId)) ?? []);
}

/** Makes every automatic fix of a notebook, as one step of undo. */
export async function applyFixAll(server: LanguageServer, document: NotebookDocument): Promise<void> {
  document.flush();
  const before = sourcesOf(document);
  const [first] = document.cells();
  const action = first === undefined ? null : await askFixAll(server, document, first.id);
  const edits = action?.edit && editsByDocument(action.edit);
  if (edits === undefined) {
    Notification.info("There is nothing here that can be fixed without a look at it.");
    return;
  }
  const cells = document.cells().filter(({ id }) => edits.has(document.cellUri(id)));
  if (cells.some(({ id, sharedModel }) => before.get(id) !== sharedModel.getSource())) {
    sayOld("Fix All Safe");
    return;
  }
  const changed = cells.map(({ id, sharedModel }) => ({
    text: sharedModel,
    edits: edits.get(document.cellUri(id)) ?? [],
  }));
  change(changed);
  sayChanged("Fix All Safe", changed);
}

function sayOld(title: string): void {
  Notification.warning(`The notebook has changed since “${title}” was offered. Nothing was changed.`);
}

function change(
  changed: readonly { readonly text: EditedText; readonly edits: readonly TextEdit[] }[],
): void {
  changeTogether(changed, sayKept);
}

/** The comment with the reason that the person gives. */
async function allowed({ rule, uri, at, before, after }: AllowOffer) {
  const { title, placeholder } = allowQuestion(rule);
  const { value } = await InputDialog.getText({ title, placeholder, okLabel: "Allow" });
  const reason = value?.trim() ?? "";
  if (reason === "") return "not wanted";
  return new Map([[uri, [{ range: { start: at, end: at }, newText: before + reason + after }]]]);
}

function sayChanged(title: string, changed: readonly { readonly text: EditedText }[]): void {
  const what = changed.length === 1 ? "another cell" : `${changed.length} cells`;
  Notification.info(`${title.replace(/…$/, "")}: ${what} changed.`, {
    autoClose: 8000,
    actions: [{ label: "Undo", callback: () => void changed[0]?.text.undo() }],
  });
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

function sourcesOf(document: NotebookDocument): ReadonlyMap<string, string> {
  return new Map(document.cells().map(({ id, sharedModel }) => [id, sharedModel.getSource()]));
}
