import { Dialog, showDialog } from "@jupyterlab/apputils";
import type { Host } from "@lookback/extension/host.ts";
import { Widget } from "@lumino/widgets";
import type { TextEdit } from "../lsp.ts";
import { type EditedText, placed } from "./change-together.ts";

type DrawDiff = NonNullable<Host["drawSourceDiff"]>;

/** Shows what a suggestion would change, cell by cell, and asks whether it is taken. */
export async function isTaken(
  title: string,
  changed: readonly { readonly text: EditedText; readonly edits: readonly TextEdit[] }[],
  draw: DrawDiff,
): Promise<boolean> {
  const node = document.createElement("div");
  node.className = "lb-root lb-look-first";
  const says = document.createElement("p");
  says.textContent = "This changes more than the leak: look at it before you take it.";
  node.append(says);
  const remove = changed.map(({ text, edits }) => {
    const element = document.createElement("div");
    node.append(element);
    const before = text.getSource();
    const after = placed(before, edits).reduce(
      (all, { from, to, newText }) => all.slice(0, from) + newText + all.slice(to),
      before,
    );
    return draw(element, before, after);
  });
  const { button } = await showDialog({
    title,
    body: new Widget({ node }),
    buttons: [Dialog.cancelButton(), Dialog.okButton({ label: "Change" })],
  });
  for (const one of remove) one();
  return button.accept;
}
