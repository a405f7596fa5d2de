import { dirname } from "node:path";
import { pathToFileURL } from "node:url";
import type { RunCoverage } from "@lookback/kernel-bridge/ledger/format/run.ts";
import type { ScoringCell } from "@lookback/kernel-bridge/ledger/format/scoring-cells.ts";
import { analyze, forkOf } from "@lookback/language/leakage/analyze.ts";
import { oneAChain } from "@lookback/language/leakage/chains/one-a-chain.ts";
import type { Finding } from "@lookback/language/leakage/finding.ts";
import { importsOwnFiles } from "@lookback/language/leakage/modules/imports-own-files.ts";
import { type Reach, scoreReach } from "@lookback/language/leakage/score-reach.ts";
import { type Settings, settingsOf } from "@lookback/language/leakage/settings/settings.ts";
import { isWhole } from "@lookback/language/notebook/coverage.ts";
import { fileGaps } from "@lookback/language/notebook/file-gaps.ts";
import type { Notebook } from "@lookback/language/notebook/notebook.ts";
import { readNotebook } from "@lookback/language/notebook/read-notebook.ts";
import { sayUnread } from "@lookback/language/notebook/say-coverage.ts";
import type { HonestReport } from "@lookback/protocol/honest.ts";
import { analyzeWithFiles, newMemory } from "../files/analyze-with-files.ts";
import { loadPython } from "../files/load-python.ts";
import { loadSqlFor } from "../files/load-sql.ts";
import { readModules } from "../files/read-modules.ts";
import { runCoverage } from "../files/run-coverage.ts";
import { lintSettingsAt } from "../files/settings/lint-settings-at.ts";
import type { Look } from "./compose-copy.ts";

/** What the linter says of a notebook, and how it looks at copies of it. */
export interface Leaks {
  readonly notebook: Notebook;
  /** What makes its scores not comparable, under the person's settings. */
  readonly findings: readonly Finding[];
  /** Those and all others that any rule has: a fix may not bring one. */
  readonly originals: readonly Finding[];
  readonly look: Look;
  /** How many a check would count, and what is only information beside. */
  readonly found: HonestReport["found"];
  /** Which findings reach the scores of a cell. */
  reachOf(cell: ScoringCell): (finding: Finding) => Reach;
  /** As one line; null where all was read. */
  readonly notRead: string | null;
  readonly coverage: RunCoverage;
  /** What was wrong with the settings. */
  readonly problems: readonly string[];
}

/** Reads a notebook, its data files' schemas and its own modules once: copies of it are looked at without the disk. */
export async function readLeaks(path: string, bytes: Uint8Array, root: string): Promise<Leaks> {
  const { value: notebook, problems: ofFile } = readNotebook(bytes, pathToFileURL(path).href);
  const python = await loadPython();
  const { settings, problems } = await lintSettingsAt(dirname(path), root);
  const memory = newMemory();
  const imports = importsOwnFiles(notebook)
    ? { files: await readModules(notebook, root), root: root.replaceAll("\\", "/") }
    : undefined;
  const given = imports === undefined ? {} : { imports };
  const { findings, coverage } = await analyzeWithFiles(notebook, python, dirname(path), {
    ...given,
    fileGaps: fileGaps(ofFile),
    settings,
    memory,
  });
  const sql = await loadSqlFor(notebook);
  const analyzed = (each: Notebook, under: Settings) =>
    analyze(each, {
      ...given,
      python,
      sql,
      settings: under,
      // A copy's texts are not remembered.
      cache: forkOf(memory.cache),
      schemaOf: (file) => memory.schemas.get(file) ?? null,
    });
  const analysis = analyzed(notebook, everyRule);
  const originals = analysis.findings;
  const counting = findings.filter(({ severity }) => severity !== "information");
  const shown = new Set(counting.map((finding) => placeOf(finding)));
  const notRead = isWhole(coverage) ? null : (sayUnread(coverage) ?? "Not all of it is known from its text");
  return {
    notebook,
    findings: originals.filter((finding) => shown.has(placeOf(finding))),
    originals,
    found: {
      leaks: oneAChain(counting).length,
      steps: counting.length,
      mentions: oneAChain(findings).length - oneAChain(counting).length,
    },
    reachOf: scoreReach(notebook, python, analysis),
    look: { python, analyze: (each) => analyzed(each, everyRule) },
    notRead,
    coverage: runCoverage(coverage, notRead),
    problems: problems.map(({ message }) => `lookback.toml: ${message}`),
  };
}

const everyRule = settingsOf([{ from: "for fixes", profile: "strict" }]);

function placeOf({ rule, cellId, range: { start, end } }: Finding): string {
  return [rule, cellId, start.line, start.character, end.line, end.character].join();
}
