import type { Extension } from "@codemirror/state";
import { type EditorView, ViewPlugin } from "@codemirror/view";
import { EditorExtensionRegistry, type IEditorExtensionRegistry } from "@jupyterlab/codemirror";
import { type ISignal, Signal } from "@lumino/signaling";
import type { NotebookDocument } from "../notebooks/notebook-document.ts";
import type { OpenNotebooks } from "../notebooks/open-notebooks.ts";

/** A cell's editor on the screen, and which cell of which notebook it edits. */
export interface AttachedEditor {
  readonly view: EditorView;
  readonly document: NotebookDocument;
  readonly cellId: string;
}

/** Every live code editor of an open notebook. Editors come and go as the notebook scrolls. */
export interface AttachedEditors {
  readonly attached: ISignal<object, AttachedEditor>;
  /** Null for an editor that is not a cell of an open notebook. */
  of(view: EditorView): AttachedEditor | null;
  cell(document: NotebookDocument, cellId: string): AttachedEditor | null;
  /** The editors of a shared text, whatever it is. */
  showing(shared: object): readonly EditorView[];
}

/** Puts `extensions` into every editor JupyterLab makes from now on, and keeps track of which cell each one shows. */
export function attachEditors(
  registry: IEditorExtensionRegistry,
  notebooks: OpenNotebooks,
  extensions: (editors: AttachedEditors) => Extension,
): AttachedEditors {
  const models = new Map<EditorView, object>();
  const attached = new Signal<object, AttachedEditor>(models);

  const editors: AttachedEditors = {
    attached,
    of(view) {
      const shared = models.get(view);
      for (const document of notebooks.all.values()) {
        const cell = document.cells().find(({ sharedModel }) => sharedModel === shared);
        if (cell !== undefined) return { view, document, cellId: cell.id };
      }
      return null;
    },
    cell(document, cellId) {
      const shared = document.cells().find(({ id }) => id === cellId)?.sharedModel;
      const [view] = shared === undefined ? [] : editors.showing(shared);
      return view === undefined ? null : { view, document, cellId };
    },
    showing: (shared) => [...models].flatMap(([view, model]) => (model === shared ? [view] : [])),
  };
  const announce = (view: EditorView) => {
    const editor = editors.of(view);
    if (editor !== null) attached.emit(editor);
  };
  // An editor can be there before its notebook is open at the server.
  notebooks.opened.connect(() => {
    for (const view of models.keys()) announce(view);
  });

  registry.addExtension({
    name: "lookback:editor",
    factory: ({ model }) =>
      EditorExtensionRegistry.createImmutableExtension([
        ViewPlugin.define((view) => {
          models.set(view, model.sharedModel);
          // The view may not be changed while it is being made.
          queueMicrotask(() => announce(view));
          return { destroy: () => void models.delete(view) };
        }),
        extensions(editors),
      ]),
  });
  return editors;
}
