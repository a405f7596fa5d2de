export interface RuleRequests {
  /** All that a rule of the linter says of itself, as Markdown; null where there is no rule of this id. */
  "lookback/rules/page": { params: { rule: string }; result: { page: string | null } };
}

/** Where a client finds the page of a rule that says of itself that it shows such pages: `lookback-rule:/scaler-before-split.md`. */
export const rulePageScheme = "lookback-rule";
