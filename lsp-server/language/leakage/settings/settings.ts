import { type Profile, profiles } from "./profiles.ts";

/** Which rules are looked for, and what their findings count as. */
export interface Settings {
  readonly profile: Profile;
  readonly profileFrom: Origin | null;
  /** Rules that somebody asked for, or for less of, by name. */
  readonly rules: ReadonlyMap<string, { readonly level: Level; readonly from: Origin }>;
}

/** Who decided, ready to stand in a sentence: `on the command line`, `in lookback.toml`, `in the editor's settings`. */
export type Origin = string;

/** What may be said of one rule: that it is off, that it is on as the rule itself says, or what its findings count as. */
export const levels = ["off", "on", "information", "warning", "error"] as const;
export type Level = (typeof levels)[number];

/** What one place says of the rules. What it does not say is left to those after it. */
export interface Layer {
  readonly from: Origin;
  readonly profile?: Profile["name"] | undefined;
  readonly rules?: Readonly<Record<string, Level | undefined>> | undefined;
}

/** The settings of several places, those that decide first. */
export function settingsOf(layers: readonly Layer[]): Settings {
  const chosen = layers.find(({ profile }) => profile !== undefined);
  const rules = new Map<string, { level: Level; from: Origin }>();
  for (const { from, rules: own = {} } of layers)
    for (const [id, level] of Object.entries(own))
      if (level !== undefined && !rules.has(id)) rules.set(id, { level, from });
  return {
    profile: profiles[chosen?.profile ?? "default"],
    profileFrom: chosen?.from ?? null,
    rules,
  };
}

/** What holds where nobody says anything. */
export const defaultSettings: Settings = settingsOf([]);
