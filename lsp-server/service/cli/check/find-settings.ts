import { relative } from "node:path";
import { type Layer, settingsOf } from "@lookback/language/leakage/settings/settings.ts";
import { type LintSettingsAt, lintSettingsAt } from "../../files/settings/lint-settings-at.ts";
import type { SettingsProblem } from "../../files/settings/read-settings-file.ts";

/** The settings for what lies in a folder, each folder looked up once. */
export interface FindSettings {
  at(folder: string): Promise<LintSettingsAt>;
  /** What is wrong with the files that were read for it, each once. */
  problems(): Promise<readonly FileOfProblems[]>;
}

/** A `lookback.toml` and what is wrong with it. */
export interface FileOfProblems {
  /** Relative to the current folder. */
  readonly path: string;
  readonly problems: readonly SettingsProblem[];
}

/** Looks for settings below what the command line says. */
export function findSettings(cwd: string, above: readonly Layer[]): FindSettings {
  const found = new Map<string, Promise<LintSettingsAt>>();
  return {
    at(folder) {
      const known = found.get(folder) ?? lintSettingsAt(folder, cwd, { above });
      found.set(folder, known);
      return known;
    },
    async problems() {
      const all = await Promise.all(found.values());
      const byPath = new Map(
        all.flatMap(({ path, problems }) =>
          path === null || problems.length === 0
            ? []
            : [[path, { path: relative(cwd, path), problems }] as const],
        ),
      );
      return [...byPath.values()];
    },
  };
}

const every = { settings: settingsOf([{ from: "for fixes", profile: "strict" }]), path: null, problems: [] };

/** Looks for every rule, whatever anybody asked for: what a fix may bring is more than what is reported. */
export const everyRule: FindSettings = { at: async () => every, problems: async () => [] };
