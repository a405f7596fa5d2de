import type { SaidFindings } from "@lookback/protocol/findings.ts";

/** Every id is the rule, the cell and what the line says: that last part changes when somebody edits the line. */
function ruleAndCell(id: string): string {
  return id.slice(0, id.lastIndexOf(" ") + 1);
}

/** The finding of an id, or, where its line was edited, the only one of its rule in its cell; undefined when there is none such. */
export function findFinding<F extends { readonly id: string }>(
  findings: readonly F[],
  id: string,
): F | undefined {
  const exact = findings.find((one) => one.id === id);
  if (exact !== undefined) return exact;
  const alike = findings.filter((one) => ruleAndCell(one.id) === ruleAndCell(id));
  return alike.length === 1 ? alike[0] : undefined;
}

/** The leaks that count: information is only said. */
export function leaksOf({ findings }: Pick<SaidFindings, "findings">): SaidFindings["findings"] {
  return findings.filter(({ isLeak, severity }) => isLeak && severity !== "information");
}
