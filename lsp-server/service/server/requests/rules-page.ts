import { knownRules } from "@lookback/language/leakage/known-rules.ts";
import { fixedExample } from "@lookback/language/leakage/pages/fixed-example.ts";
import { rulePage } from "@lookback/language/leakage/pages/rule-page.ts";
import { handler } from "../handler.ts";

export const rulesPage = handler("lookback/rules/page", async ({ python }, { rule: id }) => {
  const rule = knownRules.find((known) => known.id === id);
  return { page: rule === undefined ? null : rulePage(rule, fixedExample(python, rule)) };
});
