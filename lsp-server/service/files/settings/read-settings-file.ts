import type { Range } from "@lookback/language/notebook/notebook.ts";
import { parse, TomlError } from "smol-toml";
import { placeOfKey } from "./place-of-key.ts";
import { readSettings } from "./read-settings.ts";
import { type SettingsFile, settingsSchema } from "./settings-schema.ts";

/** Something wrong in `lookback.toml`. An error: nothing of the file is used. A warning: what it speaks of is not. */
export interface SettingsProblem {
  readonly severity: "error" | "warning";
  readonly message: string;
  readonly range: Range;
}

/** What a text of `lookback.toml` says, and what of it is not understood. Null where it cannot be used. Never throws. */
export function readSettingsFile(text: string): {
  readonly value: SettingsFile | null;
  readonly problems: readonly SettingsProblem[];
} {
  let data: unknown;
  try {
    data = parse(text);
  } catch (error) {
    return { value: null, problems: [notToml(text, error)] };
  }
  const { value, problems } = readSettings(settingsSchema, data);
  return {
    value: value === null ? null : { lint: value.lint ?? {} },
    problems: problems.map(({ path, ...problem }) => ({ ...problem, range: placeOfKey(text, path) })),
  };
}

function notToml(text: string, error: unknown): SettingsProblem {
  const [first = ""] = String(error instanceof Error ? error.message : error).split("\n");
  const line = error instanceof TomlError ? error.line - 1 : 0;
  const character = error instanceof TomlError ? error.column - 1 : 0;
  const end = text.split(/\r?\n/)[line]?.length ?? 0;
  return {
    severity: "error",
    message: `This is not TOML: ${first.replace(/^Invalid TOML document: /, "").replace(/\.?$/, ".")} Nothing of the file is used.`,
    range: { start: { line, character }, end: { line, character: Math.max(end, character + 1) } },
  };
}
