import { MergeView } from "@codemirror/merge";
import { EditorState, type Extension, StateEffect } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { type IEditorLanguageRegistry, jupyterTheme } from "@jupyterlab/codemirror";
import type { Host } from "@lookback/extension/host.ts";

/** Draws two sources beside each other in JupyterLab's editor and theme, read-only; what is equal and far from a change is folded. */
export function sourceDiff(
  languages: IEditorLanguageRegistry,
  sides: readonly [string, string] = ["left run", "right run"],
): NonNullable<Host["drawSourceDiff"]> {
  return (element, left, right, named = sides) => {
    const shown: Extension = [
      jupyterTheme,
      EditorView.editable.of(false),
      EditorState.readOnly.of(true),
      EditorView.lineWrapping,
    ];
    const name = (side: string) =>
      EditorView.contentAttributes.of({ "aria-label": `Source, ${side}`, tabindex: "0" });
    const view = new MergeView({
      parent: element,
      a: { doc: left, extensions: [shown, name(named[0])] },
      b: { doc: right, extensions: [shown, name(named[1])] },
      collapseUnchanged: { margin: 3, minSize: 6 },
      gutter: true,
    });
    void languages.getLanguage("python").then((python) => {
      if (!python?.support) return;
      for (const editor of [view.a, view.b])
        editor.dispatch({ effects: StateEffect.appendConfig.of(python.support) });
    });
    return () => view.destroy();
  };
}
