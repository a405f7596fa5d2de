import type { TextChange } from "@lookback/protocol/findings.ts";
import { Range, Uri, WorkspaceEdit, workspace } from "vscode";
import { hostFailure } from "../host-failure.ts";

/** Makes changes that the server planned, where the texts still say what is to be replaced: as one edit, which VS Code shows first where it is to be looked at. */
export async function changeTexts(
  title: string,
  changes: readonly TextChange[],
  isToLookAt: boolean,
): Promise<boolean> {
  const edit = new WorkspaceEdit();
  const label = title.replace(/…$/, "");
  for (const { uri, edits } of changes) {
    const document = await workspace.openTextDocument(Uri.parse(uri));
    for (const { range, replaced, newText } of edits) {
      const { start, end } = range;
      const at = new Range(start.line, start.character, end.line, end.character);
      if (document.getText(at).replaceAll("\r\n", "\n") !== replaced)
        throw hostFailure("host/text-changed", {
          message: `The text has changed since “${label}” was offered. Nothing was changed.`,
          advice: "",
        });
      edit.replace(
        document.uri,
        at,
        newText,
        isToLookAt
          ? {
              needsConfirmation: true,
              label,
              description: "Changes more than the leak: look at it before you take it.",
            }
          : undefined,
      );
    }
  }
  return workspace.applyEdit(edit);
}
