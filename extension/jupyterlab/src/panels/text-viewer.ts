import { MainAreaWidget } from "@jupyterlab/apputils";
import { CodeEditor, CodeEditorWrapper, type IEditorServices } from "@jupyterlab/codeeditor";
import type { Widget } from "@lumino/widgets";
import { logoIcon } from "./icons.ts";

const mimeTypes = { json: "application/json", sql: "text/x-sql", python: "text/x-python" } as const;

/** A tab that shows text which is no file, read-only. */
export function textViewer(
  title: string,
  text: string,
  language: keyof typeof mimeTypes,
  services: IEditorServices,
): Widget {
  const model = new CodeEditor.Model({ mimeType: mimeTypes[language] });
  model.sharedModel.setSource(text);
  const content = new CodeEditorWrapper({
    model,
    factory: services.factoryService.newDocumentEditor,
    editorOptions: { config: { readOnly: true, lineNumbers: true } },
  });
  content.addClass("lb-viewer");
  const widget = new MainAreaWidget({ content });
  widget.toolbar.hide();
  widget.title.label = title;
  widget.title.caption = `${title} (read-only)`;
  widget.title.icon = logoIcon;
  return widget;
}
