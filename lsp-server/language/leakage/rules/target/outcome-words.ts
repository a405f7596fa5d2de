/** Beginnings of words (whole words with a `$`) that speak of one outcome: a label with one and a column with another are two views of it. */
export const outcomeWords: readonly (readonly string[])[] = [
  ["late$", "lateness", "delay", "overdue", "tardy", "ontime", "punctual"],
  ["default", "delinquen", "recover", "chargeoff", "collection", "writeoff"],
  ["fraud", "chargeback", "dispute"],
  ["churn", "cancel", "unsubscri", "attrition", "terminat"],
  ["death", "dead$", "died$", "mortality", "decease", "autopsy"],
  ["readmi", "discharg"],
  ["refund", "returned$"],
];

/** Names of what is only written down once the outcome is there, whatever the outcome is. */
export const recordedAfter: readonly RegExp[] = [
  /^(recovery|recovered|recoveries)(_|$)/,
  /^(closed|resolved|resolution|settled|cancell?ed)_(at|on|date|time|code|reason)$/,
  /^resolution(_|$)/,
  /^(days|time|hours|weeks|months)_(to|until)_(churn|default|death|event|failure|cancel|close|resolution)/,
  /^(discharge|death|cancell?ation|termination|churn)_(date|time|reason|disposition)$/,
  /^chargeback(_|$)/,
  /^actual_/,
];

/** Prefixes of a planned value: the column without it is the actual one. */
export const plannedPrefixes: readonly string[] = [
  "sched_",
  "scheduled_",
  "planned_",
  "expected_",
  "estimated_",
];
