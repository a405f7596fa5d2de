import { readFile } from "node:fs/promises";
import { type Layer, type Settings, settingsOf } from "@lookback/language/leakage/settings/settings.ts";
import { workspaceRoot } from "../workspace-root.ts";
import { findSettingsFile } from "./find-settings-file.ts";
import { readSettingsFile, type SettingsProblem } from "./read-settings-file.ts";

/** The linter's settings for what lies in a folder, and what is wrong with the file they come from. */
export interface LintSettingsAt {
  readonly settings: Settings;
  /** The file; null where there is none. */
  readonly path: string | null;
  readonly problems: readonly SettingsProblem[];
}

/**
 * The linter's settings for what lies in `folder`: what `above` says, then the nearest `lookback.toml` up to the workspace's root,
 * then what `below` says. A file that cannot be used says nothing, and a problem says so.
 */
export async function lintSettingsAt(
  folder: string,
  cwd: string,
  { above = [], below = [] }: { readonly above?: readonly Layer[]; readonly below?: readonly Layer[] } = {},
): Promise<LintSettingsAt> {
  const path = await findSettingsFile(folder, await workspaceRoot(folder, cwd));
  const { layer, problems } = path === null ? nothing : await readLayer(path);
  return { settings: settingsOf([...above, ...layer, ...below]), path, problems };
}

const nothing = { layer: [], problems: [] };

/** What a file says, as one place among others. */
export async function readLayer(
  path: string,
): Promise<{ readonly layer: readonly Layer[]; readonly problems: readonly SettingsProblem[] }> {
  const text = await readFile(path, "utf8").catch((cause: Error) => cause);
  if (text instanceof Error) return { layer: [], problems: [notRead(text.message)] };
  if (text.length > mostCharacters)
    return { layer: [], problems: [notRead(`it is longer than ${mostCharacters} characters`)] };
  const { value, problems } = readSettingsFile(text);
  return { layer: value === null ? [] : [{ from: "in lookback.toml", ...value.lint }], problems };
}

const mostCharacters = 100_000;

function notRead(why: string): SettingsProblem {
  const start = { line: 0, character: 0 };
  return {
    severity: "error",
    message: `The file was not read: ${why}. Nothing of it is used.`,
    range: { start, end: start },
  };
}
