import { MainAreaWidget } from "@jupyterlab/apputils";
import { CodeEditor, CodeEditorWrapper, type IEditorServices } from "@jupyterlab/codeeditor";
import { NotebookModel, type NotebookPanel, StaticNotebook } from "@jupyterlab/notebook";
import type { IRenderMimeRegistry } from "@jupyterlab/rendermime";
import type { Widget } from "@lumino/widgets";
import { logoIcon } from "./icons.ts";

const mimeTypes = { json: "application/json", sql: "text/x-sql", python: "text/x-python" } as const;

export interface ViewerParts {
  readonly services: IEditorServices;
  readonly rendermime: IRenderMimeRegistry;
  readonly notebookFactory: NotebookPanel.IContentFactory;
}

/** A tab that shows text which is no file, read-only; a notebook is drawn as one, its outputs untrusted. */
export function textViewer(
  title: string,
  text: string,
  language: keyof typeof mimeTypes | "notebook",
  parts: ViewerParts,
): Widget {
  const content =
    language === "notebook" ? notebookView(text, parts) : codeView(text, mimeTypes[language], parts);
  const widget = new MainAreaWidget({ content });
  widget.toolbar.hide();
  widget.title.label = title;
  widget.title.caption = `${title} (read-only)`;
  widget.title.icon = logoIcon;
  return widget;
}

function codeView(text: string, mimeType: string, { services }: ViewerParts): Widget {
  const model = new CodeEditor.Model({ mimeType });
  model.sharedModel.setSource(text);
  const factory = services.factoryService.newDocumentEditor;
  const editor = new CodeEditorWrapper({
    model,
    factory,
    editorOptions: { config: { readOnly: true, lineNumbers: true } },
  });
  editor.addClass("lb-viewer");
  return editor;
}

function notebookView(text: string, { rendermime, notebookFactory, services }: ViewerParts): Widget {
  const model = new NotebookModel();
  model.fromJSON(JSON.parse(text));
  const view = new StaticNotebook({
    rendermime,
    contentFactory: notebookFactory,
    mimeTypeService: services.mimeTypeService,
    notebookConfig: { ...StaticNotebook.defaultNotebookConfig, windowingMode: "none" },
  });
  view.model = model;
  for (const cell of view.widgets) cell.readOnly = true;
  view.addClass("lb-viewer");
  view.addClass("jp-Notebook");
  return view;
}
