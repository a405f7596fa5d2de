import { allowQuestion } from "@lookback/extension/panels/kit/allow-question.ts";
import { type AllowOffer, allowCommand } from "@lookback/protocol/findings.ts";
import { commands, type Disposable, Position, Uri, WorkspaceEdit, window, workspace } from "vscode";

/** Asks for the reason of an allowance and writes its comment, as one step of undo. */
export function allowFinding(): Disposable {
  return commands.registerCommand(allowCommand, async ({ rule, uri, at, before, after }: AllowOffer) => {
    const document = await workspace.openTextDocument(Uri.parse(uri));
    const { version } = document;
    const { title, placeholder } = allowQuestion(rule);
    const reason = (await window.showInputBox({ title, placeHolder: placeholder }))?.trim() ?? "";
    if (reason === "") return;
    if (document.version !== version) {
      await window.showWarningMessage(
        "The cell was edited while the reason was asked for. Nothing was changed.",
      );
      return;
    }
    const edit = new WorkspaceEdit();
    edit.insert(document.uri, new Position(at.line, at.character), before + reason + after);
    await workspace.applyEdit(edit);
  });
}
