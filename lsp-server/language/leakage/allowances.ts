import type { Notebook } from "../notebook/notebook.ts";
import type { Finding } from "./finding.ts";

/**
 * The findings that remain once `# lookback: allow <rule-id> — reason` comments are heard.
 *
 * A comment speaks for the statement it stands on or directly above. One without a reason, or for a rule that does not exist,
 * allows nothing and is a finding itself.
 */
export function applyAllowances(
  notebook: Notebook,
  findings: readonly Finding[],
  ruleIds: ReadonlySet<string>,
): { readonly findings: readonly Finding[]; readonly allowed: readonly Finding[] } {
  const faults: Finding[] = [];
  const allowances: { cellId: string; line: number; rule: string }[] = [];
  for (const cell of notebook.cells) {
    if (!cell.source.includes("lookback:")) continue;
    cell.source.split("\n").forEach((text, line) => {
      const match = /#\s*lookback:\s*allow\b[ \t]*([\w-]*)[ \t]*(.*)$/.exec(text);
      if (!match) return;
      const rule = (match[1] ?? "").replace(/-+$/, "");
      const reason = (match[2] ?? "").replace(/^[\s—–:-]+/, "").trim();
      const problem = !ruleIds.has(rule)
        ? `There is no rule called \`${rule}\`, so this comment allows nothing.`
        : reason === ""
          ? `This comment gives no reason, so \`${rule}\` is still reported.`
          : null;
      if (problem === null) {
        allowances.push({ cellId: cell.id, line, rule });
        return;
      }
      faults.push({
        rule: "allow-without-reason",
        kind: "suppression",
        severity: "warning",
        title: "Allowed without a reason",
        message: problem,
        why: "Whoever reads this later cannot tell an exception from an oversight.",
        instead: "Write `# lookback: allow <rule-id> — reason`.",
        cellId: cell.id,
        range: {
          start: { line, character: match.index },
          end: { line, character: match.index + match[0].trimEnd().length },
        },
        path: [],
        fixes: [],
      });
    });
  }
  const isAllowed = (finding: Finding): boolean =>
    allowances.some(
      ({ cellId, line, rule }) =>
        cellId === finding.cellId &&
        rule === finding.rule &&
        line >= finding.range.start.line - 1 &&
        line <= finding.range.end.line,
    );
  return {
    findings: [...findings.filter((finding) => !isAllowed(finding)), ...faults],
    allowed: findings.filter(isAllowed),
  };
}
