import { InputDialog, Notification } from "@jupyterlab/apputils";
import { allowQuestion } from "@lookback/extension/hosts/allow-question.ts";
import type { AllowOffer } from "@lookback/protocol/findings.ts";
import type { LanguageServer } from "../connection/language-server.ts";
import { allowOf, type Finding, offsetAt, type TextEdit } from "../lsp.ts";
import { answers, askCodeActions, editsByDocument } from "../notebooks/code-actions.ts";
import type { NotebookDocument } from "../notebooks/notebook-document.ts";
import type { AttachedEditors } from "./attached-editors.ts";
import { changeTogether, type EditedText } from "./change-together.ts";

/** Does what the server offers about a finding under this title, as it stands now: one change of the notebook, and one step of undo in whichever cell it is undone. */
export async function applyOffer(
  parts: { readonly server: LanguageServer; readonly editors: AttachedEditors },
  document: NotebookDocument,
  cellId: string,
  finding: Finding,
  title: string,
): Promise<void> {
  document.flush();
  const before = sourcesOf(document);
  const actions = await askCodeActions(parts.server, document, cellId, finding.range).catch(() => []);
  const action = actions.find((each) => each.title === title && answers(each, finding));
  const allow = action === undefined ? null : allowOf(action);
  const edits = allow === null ? action?.edit && editsByDocument(action.edit) : await allowed(allow);
  if (edits === "not wanted") return;
  const cells = document.cells().filter(({ id }) => edits?.has(document.cellUri(id)));
  const isOld = cells.some(({ id, sharedModel }) => before.get(id) !== sharedModel.getSource());
  if (edits === undefined || isOld || cells.length !== edits.size) {
    Notification.warning(`The notebook has changed since “${title}” was offered. Nothing was changed.`);
    return;
  }
  const changed = cells.map(({ id, sharedModel }) => ({
    text: sharedModel,
    edits: edits.get(document.cellUri(id)) ?? [],
  }));
  changeTogether(changed, (left) =>
    Notification.warning(
      left === 1
        ? "1 other cell of this fix was edited since, so it was not undone there."
        : `${left} other cells of this fix were edited since, so it was not undone there.`,
    ),
  );
  if (cells.some(({ id }) => id !== cellId)) sayChanged(title, changed);
  putCursor(parts.editors, document, cellId, edits.get(document.cellUri(cellId)) ?? []);
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
