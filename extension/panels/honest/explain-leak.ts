import type { SaidFinding } from "@lookback/protocol/honest.ts";
import type { Host } from "../../host.ts";

/** Shows why something is a leak: its own page where the open notebook still has it there, else what its rule says of itself. */
export async function explainLeak(
  host: Pick<Host, "request" | "openPanel" | "openRulePage">,
  uri: string | null,
  { rule, cellId, line }: SaidFinding,
): Promise<void> {
  const said =
    uri === null
      ? null
      : await host.request("lookback/findings/list", { uri }).then(
          (answer) => answer.said,
          () => null,
        );
  const found = said?.findings.find(
    (finding) =>
      finding.rule === rule && finding.at.cellId === cellId && finding.at.range.start.line === line - 1,
  );
  if (said === null || found === undefined) host.openRulePage(rule);
  else host.openPanel("finding", { uri: said.uri, finding: found.id, rule });
}
