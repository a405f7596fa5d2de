import type { Finding } from "../finding.ts";
import type { RuleText } from "../rule.ts";
import { isLowered, isOn, isShown } from "./judge.ts";
import { profiles } from "./profiles.ts";
import { defaultSettings, type Origin, type Settings } from "./settings.ts";

/** What an answer leaves out, or makes less of, because somebody said so: part of the answer, never in silence. */
export interface LeftOut {
  /** Null where nobody chose another profile. */
  readonly profile: { readonly name: string; readonly from: Origin } | null;
  /** Rules that are on unless somebody says otherwise, and are off here. */
  readonly off: readonly Changed[];
  /** Rules whose findings count for less here than the rule says. */
  readonly lowered: readonly Changed[];
  /** How many findings are not shown: they are less than the profile wants to hear. */
  readonly hidden: number;
}

interface Changed {
  readonly rule: string;
  readonly from: Origin;
}

/** What settings leave out of these findings. */
export function leftOutOf(
  settings: Settings,
  rules: readonly RuleText[],
  findings: readonly Finding[],
): LeftOut {
  const profileFrom = settings.profileFrom ?? "by default";
  const fromOf = (rule: string): Origin => settings.rules.get(rule)?.from ?? profileFrom;
  const changed = (isMeant: (rule: RuleText) => boolean): Changed[] =>
    rules.filter(isMeant).map(({ id }) => ({ rule: id, from: fromOf(id) }));
  return {
    profile:
      settings.profile === profiles.default ? null : { name: settings.profile.name, from: profileFrom },
    off: changed((rule) => !isOn(settings, rule) && isOn(defaultSettings, rule)),
    lowered: changed((rule) => isOn(settings, rule) && isLowered(settings, rule)),
    hidden: findings.filter((finding) => !isShown(settings, finding)).length,
  };
}

/** `Profile quiet, in lookback.toml. 3 rules are off in lookback.toml.`; null when nothing is left out. */
export function sayLeftOut({ profile, off, lowered, hidden }: LeftOut): string | null {
  const sentences = [
    ...(profile === null ? [] : [`Profile ${profile.name}, ${profile.from}.`]),
    ...byOrigin(off).map(([from, rules]) => `${isOrAre(rules)} off ${from}.`),
    ...byOrigin(lowered).map(([from, rules]) => `${isOrAre(rules)} made less of ${from}.`),
    ...(hidden === 0 ? [] : [`${hidden} ${hidden === 1 ? "finding is" : "findings are"} not shown.`]),
  ];
  return sentences.length === 0 ? null : sentences.join(" ");
}

/** Whether an answer is less than by default. */
export function leavesOut({ profile, off, lowered, hidden }: LeftOut): boolean {
  return off.length + lowered.length + hidden > 0 || profile?.name === profiles.competition.name;
}

function byOrigin(changed: readonly Changed[]): [Origin, readonly string[]][] {
  const origins = [...new Set(changed.map(({ from }) => from))];
  return origins.map((from) => [from, changed.filter((each) => each.from === from).map(({ rule }) => rule)]);
}

/** One by its name, more by their number. */
function isOrAre(rules: readonly string[]): string {
  return rules.length === 1 ? `${rules[0]} is` : `${rules.length} rules are`;
}
