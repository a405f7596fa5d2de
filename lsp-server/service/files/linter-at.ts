import { dirname, resolve } from "node:path";
import type { Trust } from "@lookback/kernel-bridge/ledger/format/run.ts";
import type { ScoringCell } from "@lookback/kernel-bridge/ledger/format/scoring-cells.ts";
import type { Linter, RanCell } from "@lookback/kernel-bridge/ledger/record/record-run.ts";
import { oneAChain } from "@lookback/language/leakage/chains/one-a-chain.ts";
import type { Finding } from "@lookback/language/leakage/finding.ts";
import { type Reach, scoreReach } from "@lookback/language/leakage/score-reach.ts";
import { leavesOut, sayLeftOut } from "@lookback/language/leakage/settings/left-out.ts";
import type { Layer } from "@lookback/language/leakage/settings/settings.ts";
import { isWhole } from "@lookback/language/notebook/coverage.ts";
import { notebookOf } from "@lookback/language/notebook/notebook.ts";
import { sayUnread } from "@lookback/language/notebook/say-coverage.ts";
import { goneNames, type PastExecution } from "@lookback/language/slice/gone-names.ts";
import { analyzeWithFiles } from "./analyze-with-files.ts";
import { loadPython } from "./load-python.ts";
import { mostGaps, runCoverage } from "./run-coverage.ts";
import { lintSettingsAt } from "./settings/lint-settings-at.ts";

/**
 * The linter as the ledger asks it. The data files that cells name are looked up from the notebook's folder, below `root`, and
 * `lookback.toml` from there upwards; `below` is what an editor says of rules. What it fails at is logged.
 */
export function linterAt(
  root: string,
  log: (level: "error" | "warning", event: string, data: Readonly<Record<string, unknown>>) => void,
  below: () => readonly Layer[] = () => [],
): Linter {
  const lint = async (
    notebook: string,
    ran: readonly RanCell[],
    scoring: readonly ScoringCell[],
  ): Promise<Trust | null> => {
    const path = resolve(root, notebook);
    const cells = notebookOf(
      path,
      ran.map(({ cellId, source }) => ({ id: cellId, source })),
    );
    try {
      const { settings, problems } = await lintSettingsAt(dirname(path), root, { below: below() });
      for (const { message } of problems) log("warning", "lookback.toml", { notebook, message });
      const python = await loadPython();
      const analysis = await analyzeWithFiles(cells, python, dirname(path), {
        settings,
        root,
      });
      const { findings, coverage, leftOut } = analysis;
      // A score that nothing was held against must not pass for one that was.
      const said = [
        isWhole(coverage) ? null : sayUnread(coverage),
        leavesOut(leftOut) ? sayLeftOut(leftOut)?.replace(/\.$/, "") : null,
        ...problems.map(({ message }) => `lookback.toml: ${message.replace(/\.$/, "")}`),
      ].filter((text) => typeof text === "string");
      const told = oneAChain(findings).flatMap(({ severity, ...finding }) =>
        severity === "information" ? [] : [{ ...finding, severity }],
      );
      const isAsked = told.length > 0 && scoring.length > 0;
      const reachOf = isAsked ? scoreReach(cells, python, analysis) : null;
      const reaches =
        reachOf === null ? [] : scoring.map((cell) => ({ cellId: cell.cellId, of: reachOf(cell) }));
      const reachedBy = (finding: Finding, reach: Reach) =>
        reaches.flatMap(({ cellId, of }) => (of(finding) === reach ? [cellId] : []));
      return {
        errors: told.filter((finding) => finding.severity === "error").length,
        warnings: told.filter((finding) => finding.severity === "warning").length,
        findings: told.map((finding) => ({
          rule: finding.rule,
          severity: finding.severity,
          message: finding.message,
          cellId: finding.cellId,
          line: finding.range.start.line + 1,
          reaches: reachedBy(finding, "reaches"),
          mayReach: reachedBy(finding, "unknown"),
        })),
        coverage: runCoverage(coverage, said.length === 0 ? null : said.join(". ")),
      };
    } catch (error) {
      log("error", "not checked", { notebook, error: String(error) });
      return null;
    }
  };
  return Object.assign(lint, {
    async goneNames(executions: readonly PastExecution[], first: number) {
      try {
        return goneNames(await loadPython(), executions, first).slice(0, mostGaps);
      } catch (error) {
        log("error", "names not read", { error: String(error) });
        return null;
      }
    },
  });
}
