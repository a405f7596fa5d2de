import { definitionsRule, knownRules, ruleIds } from "@lookback/language/leakage/known-rules.ts";
import { isOn } from "@lookback/language/leakage/settings/judge.ts";
import { defaultSettings, type Settings } from "@lookback/language/leakage/settings/settings.ts";
import type { CheckedFile } from "./checked-file.ts";

/** Which rules a check looked for, in any of its files, and which in none. Every id is in one of the two, in catalog order. */
export function lookedFor(files: readonly Pick<CheckedFile, "settings">[]): {
  readonly lookedFor: readonly string[];
  readonly leftOut: readonly string[];
} {
  const all = files.length === 0 ? [defaultSettings] : files.map(({ settings }) => settings);
  const isAnywhere = (id: string) => all.some((settings) => isLookedFor(settings, id));
  return { lookedFor: ruleIds.filter(isAnywhere), leftOut: ruleIds.filter((id) => !isAnywhere(id)) };
}

/** Whether the rule of this id is looked for. */
export function isLookedFor(settings: Settings, id: string): boolean {
  const rule = knownRules.find((known) => known.id === id);
  return rule !== undefined ? isOn(settings, rule) : settings.rules.get(definitionsRule)?.level !== "off";
}
