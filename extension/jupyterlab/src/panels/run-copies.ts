import type { ILayoutRestorer, JupyterFrontEnd } from "@jupyterlab/application";
import { MainAreaWidget, WidgetTracker } from "@jupyterlab/apputils";
import type { IEditorServices } from "@jupyterlab/codeeditor";
import { NotebookModel, type NotebookPanel, StaticNotebook } from "@jupyterlab/notebook";
import type { IRenderMimeRegistry } from "@jupyterlab/rendermime";
import { joinedLines } from "@lookback/extension/hosts/joined-lines.ts";
import { type RunCopy, runCopyTitle } from "@lookback/extension/hosts/run-copy.ts";
import { failureText } from "@lookback/protocol/failures.ts";
import type { NotebookContent } from "@lookback/protocol/runs.ts";
import { Widget } from "@lumino/widgets";
import type { LanguageServer } from "../connection/language-server.ts";
import { logoIcon } from "./icons.ts";

/** Tabs that show the notebooks of recorded runs: one a run, back after a reload, never run and never published. */
export interface RunCopies {
  open(copy: RunCopy): void;
  /** The copy in front; null when something else is. */
  current(): RunCopy | null;
}

export interface RunCopyParts {
  readonly app: JupyterFrontEnd;
  readonly server: LanguageServer;
  readonly services: IEditorServices;
  readonly rendermime: IRenderMimeRegistry;
  readonly notebookFactory: NotebookPanel.IContentFactory;
}

const COMMAND = "lookback:open-run-copy";

/** Registers what opens them, by name: the restorer brings back what a command can open. */
export function runCopies(parts: RunCopyParts, restorer: ILayoutRestorer | null): RunCopies {
  const { app } = parts;
  const tracker = new WidgetTracker<MainAreaWidget<RunCopyView>>({ namespace: "lookback-run-copies" });
  const open = (copy: RunCopy) => {
    let widget = tracker.find(({ content }) => content.copy.id === copy.id);
    if (widget === undefined) {
      widget = new MainAreaWidget({ content: new RunCopyView(copy, parts) });
      widget.id = `lookback-run-copy-${copy.id}`;
      widget.toolbar.hide();
      widget.title.label = runCopyTitle(copy);
      widget.title.caption = `${runCopyTitle(copy)}, as it was recorded: read-only`;
      widget.title.icon = logoIcon;
      void tracker.add(widget);
    }
    if (!widget.isAttached) app.shell.add(widget, "main");
    app.shell.activateById(widget.id);
  };
  app.commands.addCommand(COMMAND, {
    label: "View Notebook of a Run",
    execute: ({ id, notebook }) => {
      if (typeof id === "string" && typeof notebook === "string") open({ id, notebook });
    },
  });
  void restorer?.restore(tracker, {
    command: COMMAND,
    args: ({ content }) => ({ ...content.copy }),
    name: ({ content }) => content.copy.id,
  });
  return {
    open,
    current: () => tracker.find((widget) => widget === app.shell.currentWidget)?.content.copy ?? null,
  };
}

/** The notebook of a run, drawn as one once the server has answered; its outputs untrusted. */
class RunCopyView extends Widget {
  readonly copy: RunCopy;

  constructor(copy: RunCopy, parts: RunCopyParts) {
    super();
    this.copy = copy;
    this.addClass("lb-run-copy");
    this.#say("Reading the run");
    void this.#draw(parts);
  }

  async #draw(parts: RunCopyParts): Promise<void> {
    try {
      const { text } = await parts.server.request("lookback/runs/notebook", { id: this.copy.id });
      if (this.isDisposed) return;
      const view = notebookView(joinedLines(JSON.parse(text)), parts);
      this.node.replaceChildren();
      Widget.attach(view, this.node);
      this.disposed.connect(() => view.dispose());
    } catch (error) {
      this.#say(failureText(error));
    }
  }

  #say(text: string): void {
    const line = document.createElement("p");
    line.className = "lb-root lb-run-copy-says";
    line.setAttribute("role", "status");
    line.textContent = text;
    this.node.replaceChildren(line);
  }
}

function notebookView(content: NotebookContent, parts: RunCopyParts): Widget {
  const model = new NotebookModel();
  model.fromJSON(content as unknown as Parameters<NotebookModel["fromJSON"]>[0]);
  const view = new StaticNotebook({
    rendermime: parts.rendermime,
    contentFactory: parts.notebookFactory,
    mimeTypeService: parts.services.mimeTypeService,
    notebookConfig: { ...StaticNotebook.defaultNotebookConfig, windowingMode: "none" },
  });
  view.model = model;
  for (const cell of view.widgets) cell.readOnly = true;
  view.addClass("lb-viewer");
  view.addClass("jp-Notebook");
  return view;
}
