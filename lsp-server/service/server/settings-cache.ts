import { dirname } from "node:path";
import { watchFolder } from "@lookback/kernel-bridge/ledger/read/watch-folder.ts";
import { type Layer, settingsOf } from "@lookback/language/leakage/settings/settings.ts";
import { findSettingsFile, settingsPlaces } from "../files/settings/find-settings-file.ts";
import { type LintSettingsAt, readLayer } from "../files/settings/lint-settings-at.ts";
import { workspaceRoot } from "../files/workspace-root.ts";
import type { World } from "./world.ts";

/** The linter's settings for documents, read in the background: a key press never waits for a disk. */
export interface SettingsCache {
  /** What holds now for what lies in a folder of the workspace at `top`; null is a document that lies in none. The first question starts the reading. */
  at(folder: string | null, top: string): LintSettingsAt;
  /** What the editor says, below every file, and what of it cannot be used. */
  editorSays(layer: Layer, problems: readonly string[]): void;
  /** What of the editor's settings cannot be used. */
  editorProblems(): readonly string[];
  /** What the editor said. */
  below(): readonly Layer[];
  /** Looks again, at most once in two seconds: where folders cannot be watched it is what brings news. */
  look(): void;
  stop(): void;
}

type Read = Pick<LintSettingsAt, "path" | "problems"> & { readonly layer: readonly Layer[] };

/** `changed` is called when other settings hold than before. */
export function settingsCache(log: World["log"], changed: () => void): SettingsCache {
  const known = new Map<string, { readonly top: string; read: Read }>();
  const watched = new Map<string, () => void>();
  let editor: { readonly layers: readonly Layer[]; readonly problems: readonly string[] } = {
    layers: [],
    problems: [],
  };
  let next = 0;
  let soon: NodeJS.Timeout | undefined;

  const read = async (folder: string, top: string): Promise<void> => {
    const root = await workspaceRoot(folder, top);
    for (const place of settingsPlaces(folder, root)) watchPlace(dirname(place));
    const path = await findSettingsFile(folder, root);
    const now: Read = { path, ...(path === null ? nothing : await readLayer(path)) };
    const entry = known.get(folder);
    if (entry === undefined || JSON.stringify(entry.read) === JSON.stringify(now)) return;
    entry.read = now;
    changed();
  };
  const readAll = () => {
    for (const [folder, { top }] of known)
      void read(folder, top).catch((error: unknown) =>
        log("warning", "settings not read", { folder, error: String(error) }),
      );
  };
  const watchPlace = (folder: string): void => {
    if (watched.has(folder)) return;
    watched.set(folder, () => undefined);
    try {
      // Whoever writes a file writes it in several steps.
      const stop = watchFolder(folder, () => {
        clearTimeout(soon);
        soon = setTimeout(readAll, 100);
      });
      watched.set(folder, stop);
    } catch (error) {
      log("warning", "folder not watched", { folder, error: String(error) });
    }
  };
  return {
    at(folder, top) {
      if (folder === null) return { settings: settingsOf(editor.layers), path: null, problems: [] };
      let entry = known.get(folder);
      if (entry === undefined) {
        entry = { top, read: { path: null, ...nothing } };
        known.set(folder, entry);
        readAll();
      }
      const { layer, path, problems } = entry.read;
      return { settings: settingsOf([...layer, ...editor.layers]), path, problems };
    },
    editorSays(layer, problems) {
      const now = { layers: [layer], problems };
      if (JSON.stringify(editor) === JSON.stringify(now)) return;
      editor = now;
      changed();
    },
    editorProblems: () => editor.problems,
    below: () => editor.layers,
    look() {
      if (Date.now() < next) return;
      next = Date.now() + 2_000;
      readAll();
    },
    stop() {
      clearTimeout(soon);
      for (const stop of watched.values()) stop();
    },
  };
}

const nothing = { layer: [], problems: [] };
