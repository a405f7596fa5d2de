import type { Finding, Severity } from "../finding.ts";
import type { Draft, RuleText } from "../rule.ts";
import type { Level, Settings } from "./settings.ts";

/** Whether a rule is looked for. */
export function isOn(settings: Settings, { id, tier }: Pick<RuleText, "id" | "tier">): boolean {
  const asked = settings.rules.get(id);
  return asked === undefined ? settings.profile.tiers.includes(tier) : asked.level !== "off";
}

/**
 * What a finding counts as. What a rule says only in passing stays information, whatever the rule counts as; and what rests on a
 * name is a warning at most, unless the rule was asked by its own name to be an error.
 */
export function severityOf(
  settings: Settings,
  rule: Pick<RuleText, "id" | "tier" | "severity">,
  own: Severity,
  isTransductive: Draft["isTransductive"] = false,
): Severity {
  const level = settings.rules.get(rule.id)?.level;
  if (isSeverity(level)) return own === "information" && rule.severity !== "information" ? own : level;
  if (isTransductive && settings.profile.isTransductive) return "information";
  return rule.tier === "named" && own === "error" ? "warning" : own;
}

/** Whether a finding is shown, or only counted: of a rule that counts as something by its own name, what counts as that, or as much as the profile wants to hear. */
export function isShown(settings: Settings, { rule, severity }: Pick<Finding, "rule" | "severity">): boolean {
  const level = settings.rules.get(rule)?.level;
  if (level !== undefined && !isSeverity(level)) return true;
  const least = Math.min(weights[settings.profile.least], weights[level ?? settings.profile.least]);
  return weights[severity] >= least;
}

/** Whether a rule's findings count for less than the rule itself says. */
export function isLowered(settings: Settings, { id, severity }: Pick<RuleText, "id" | "severity">): boolean {
  const level = settings.rules.get(id)?.level;
  return isSeverity(level) && weights[level] < weights[severity];
}

function isSeverity(level: Level | undefined): level is Severity {
  return level !== undefined && level in weights;
}

const weights: Readonly<Record<Severity, number>> = { information: 0, warning: 1, error: 2 };
