import { allowWithoutReason } from "./allowances/allow-without-reason.ts";
import { misspeltAllowance } from "./allowances/misspelt-allowance.ts";
import { unusedAllowance } from "./allowances/unused-allowance.ts";
import type { RuleText } from "./rule.ts";
import { rules } from "./rules/rules.ts";

/** Every rule that a finding may name, those about allowances last, in catalog order. */
export const knownRules: readonly RuleText[] = [
  ...rules,
  allowWithoutReason,
  misspeltAllowance,
  unusedAllowance,
];

/** What is wrong with feature definitions has many codes and goes by one id. It is on or off. */
export const definitionsRule = "feature-definitions";

/** Every id that can be switched off or asked for. */
export const ruleIds: readonly string[] = [...knownRules.map(({ id }) => id), definitionsRule];
