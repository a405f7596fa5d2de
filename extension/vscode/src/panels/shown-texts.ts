import { type Disposable, EventEmitter, Uri, window, workspace } from "vscode";

/** Texts that exist in no file, shown read-only. */
export interface ShownTexts extends Disposable {
  /** Shows a text under its title, whose ending says its language. One title is one tab. */
  open(title: string, text: string): Promise<void>;
}

/** Registers where such texts come from. They are gone with the window: whoever wants one again asks again. */
export function shownTexts(): ShownTexts {
  const texts = new Map<string, string>();
  const changed = new EventEmitter<Uri>();
  const registration = workspace.registerTextDocumentContentProvider(SCHEME, {
    onDidChange: changed.event,
    provideTextDocumentContent: (uri) =>
      texts.get(uri.path) ?? "This text was shown by a window that has been closed.",
  });
  return {
    async open(title, text) {
      const uri = Uri.from({ scheme: SCHEME, path: `/${title.replaceAll("/", " ")}` });
      texts.set(uri.path, text);
      changed.fire(uri);
      await window.showTextDocument(await workspace.openTextDocument(uri), { preview: false });
    },
    dispose: () => registration.dispose(),
  };
}

const SCHEME = "lookback-text";
