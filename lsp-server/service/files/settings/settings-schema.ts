import { definitionsRule, ruleIds } from "@lookback/language/leakage/known-rules.ts";
import { profiles } from "@lookback/language/leakage/settings/profiles.ts";
import { levels } from "@lookback/language/leakage/settings/settings.ts";
import { z } from "zod";

const profileNames = Object.values(profiles).map(({ name }) => name);

const level = (id: string) =>
  (id === definitionsRule ? z.enum(levels).extract(["on", "off"]) : z.enum(levels)).optional();

/** The part of the settings that editors have too: `lookback.lint`. */
export const lintSchema = z.strictObject({
  profile: z.enum(profileNames).optional(),
  rules: z.strictObject(Object.fromEntries(ruleIds.map((id) => [id, level(id)]))).optional(),
});

/** Everything that `lookback.toml` may say. */
export const settingsSchema = z.strictObject({ lint: lintSchema.optional() });

/** What `lookback.toml` says. */
export interface SettingsFile {
  readonly lint: z.infer<typeof lintSchema>;
}
