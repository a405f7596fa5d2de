import { Failure } from "@lookback/kernel-bridge/failure.ts";
import { didYouMean } from "@lookback/language/features/read/constructors/did-you-mean.ts";
import { ruleIds } from "@lookback/language/leakage/known-rules.ts";
import { profiles } from "@lookback/language/leakage/settings/profiles.ts";
import type { Layer, Level } from "@lookback/language/leakage/settings/settings.ts";

/** What the command line says of rules: a profile, and which to look for, or for all, without those to ignore. Each list holds ids between commas. An id that is none is refused. */
export function chosenRules(
  select: readonly string[],
  ignore: readonly string[],
  profile?: string | undefined,
): Layer {
  const selected = idsIn(select, "--select");
  const ignored = idsIn(ignore, "--ignore");
  const rules: Record<string, Level> = {};
  if (selected.length > 0) for (const id of ruleIds) rules[id] = selected.includes(id) ? "on" : "off";
  for (const id of ignored) rules[id] = "off";
  if (ruleIds.every((id) => rules[id] === "off"))
    throw refusal("--select and --ignore leave no rule to look for.");
  return { from: commandLine, profile: profile === undefined ? undefined : profileOf(profile), rules };
}

/** Where such settings come from, as it is said. */
export const commandLine = "on the command line";

function profileOf(name: string) {
  const known = Object.values(profiles).find((profile) => profile.name === name);
  if (known !== undefined) return known.name;
  throw new Failure(
    "check/usage",
    `Nothing was checked: --profile names ${JSON.stringify(name)}, which is none.${didYouMean(name, Object.keys(profiles))}`,
    { advice: `Profiles: ${Object.keys(profiles).join(", ")}.` },
  );
}

function idsIn(given: readonly string[], option: string): string[] {
  const ids = given.flatMap((list) => list.split(",").map((id) => id.trim()));
  for (const id of ids) {
    if (ruleIds.includes(id)) continue;
    throw refusal(`${option} names ${JSON.stringify(id)}, which is no rule.${didYouMean(id, ruleIds)}`);
  }
  return ids;
}

function refusal(reason: string): Failure {
  return new Failure("check/usage", `Nothing was checked: ${reason}`, {
    advice: `Rules: ${ruleIds.join(", ")}.`,
  });
}
