import type { INotebookTracker, NotebookPanel } from "@jupyterlab/notebook";
import type { Contents } from "@jupyterlab/services";
import { type ISignal, Signal } from "@lumino/signaling";
import type { LanguageServer } from "../connection/language-server.ts";
import { type NotebookDocument, openNotebookDocument } from "./notebook-document.ts";

/** Every open Python notebook. A renamed notebook is closed and opened again under its new name. */
export interface OpenNotebooks {
  readonly all: ReadonlyMap<NotebookPanel, NotebookDocument>;
  readonly opened: ISignal<object, NotebookDocument>;
  readonly closed: ISignal<object, NotebookDocument>;
  /** The notebook in front; null when there is none or it is not Python. */
  current(): NotebookDocument | null;
  /** Emitted when another notebook has come to the front, or the one in front has opened or closed. */
  readonly currentChanged: ISignal<object, void>;
  byUri(uri: string): NotebookDocument | undefined;
  byPath(path: string): NotebookDocument | undefined;
}

export function trackNotebooks(
  tracker: INotebookTracker,
  server: LanguageServer,
  contents: Contents.IManager,
): OpenNotebooks {
  const all = new Map<NotebookPanel, NotebookDocument>();
  const opened = new Signal<object, NotebookDocument>(tracker);
  const closed = new Signal<object, NotebookDocument>(tracker);
  const currentChanged = new Signal<object, void>(tracker);
  tracker.currentChanged.connect(() => currentChanged.emit());
  opened.connect(() => currentChanged.emit());
  closed.connect(() => currentChanged.emit());

  const close = (panel: NotebookPanel) => {
    const document = all.get(panel);
    if (document === undefined) return;
    all.delete(panel);
    closed.emit(document);
    document.dispose();
  };
  const open = (panel: NotebookPanel) => {
    close(panel);
    if (panel.isDisposed || server.rootUri === null || !isPython(panel)) return;
    // The drive of a collaborative session is no part of the path.
    const path = contents.localPath(panel.context.path);
    const document = openNotebookDocument(panel, path, server);
    all.set(panel, document);
    opened.emit(document);
  };
  const follow = async (_: unknown, panel: NotebookPanel) => {
    panel.disposed.connect(() => close(panel));
    await panel.context.ready;
    await panel.revealed;
    open(panel);
    panel.context.pathChanged.connect(() => open(panel));
    panel.context.sessionContext.kernelChanged.connect(() => {
      if (!all.has(panel)) open(panel);
    });
  };
  tracker.widgetAdded.connect(follow);
  tracker.forEach((panel) => void follow(tracker, panel));
  // A notebook can be open before the first server is up.
  server.started.connect(() => {
    tracker.forEach((panel) => {
      if (!all.has(panel) && panel.context.isReady) open(panel);
    });
  });

  return {
    all,
    opened,
    closed,
    currentChanged,
    current: () => (tracker.currentWidget === null ? null : (all.get(tracker.currentWidget) ?? null)),
    byUri: (uri) => [...all.values()].find((document) => document.uri === uri),
    byPath: (path) => [...all.values()].find((document) => document.path === path),
  };
}

/** A notebook that does not say its language yet (its name is empty until a kernel has answered) counts as Python. */
function isPython(panel: NotebookPanel): boolean {
  const metadata = panel.content.model?.metadata ?? {};
  const info: unknown = Reflect.get(Object(Reflect.get(metadata, "language_info")), "name");
  const spec: unknown = Reflect.get(Object(Reflect.get(metadata, "kernelspec")), "language");
  const language = info || spec || "python";
  return typeof language === "string" && language.toLowerCase() === "python";
}
