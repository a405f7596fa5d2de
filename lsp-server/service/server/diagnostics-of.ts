import { oneAChain } from "@lookback/language/leakage/chains/one-a-chain.ts";
import type { Gap } from "@lookback/language/notebook/gap.ts";
import { rulePageScheme } from "@lookback/protocol/rules.ts";
import { type Diagnostic, DiagnosticSeverity } from "vscode-languageserver";
import { isNotebookFile, type Snapshot } from "./documents.ts";
import { findingDiagnostic, firstLine, gapDiagnostic, problemDiagnostic } from "./finding-diagnostic.ts";
import { belongsTo, placeIn } from "./places.ts";
import type { Session } from "./session.ts";
import { leftOutDiagnostics } from "./settings-diagnostics.ts";

/** Everything wrong in one document of a snapshot, a cell or a whole script: leaks first, a chain as one where it begins, then feature definitions, then what was not read. No I/O. */
export function diagnosticsOf(session: Session, snapshot: Snapshot, uri: string): Diagnostic[] {
  if (snapshot.kind === "script" && isNotebookFile(uri)) return [openedAsText];
  const { findings, coverage, leftOut } = session.analysis(snapshot);
  const first = firstCell(snapshot);
  const ofSettings = settingsProblems(session, snapshot);
  return [
    ...oneAChain(findings)
      .filter((finding) => belongsTo(snapshot, uri, finding.cellId))
      .map((finding) => ({
        ...findingDiagnostic(snapshot, finding, session.measured.of(snapshot, finding)),
        ...(session.showsRulePages
          ? { codeDescription: { href: `${rulePageScheme}:/${finding.rule}.md` } }
          : {}),
      })),
    ...session
      .problems(snapshot)
      .filter((problem) => belongsTo(snapshot, uri, problem.place.cellId))
      .map((problem) => problemDiagnostic(snapshot, problem)),
    ...(belongsTo(snapshot, uri, first)
      ? leftOutDiagnostics(leftOut, ofSettings, placeIn(snapshot, first, firstLine(snapshot, first)))
      : []),
    ...coverage.gaps
      .filter((gap) => !isSaidElsewhere(gap))
      .flatMap((gap) => {
        const cell = gap.cellId ?? first;
        return belongsTo(snapshot, uri, cell) ? [gapDiagnostic(snapshot, gap, cell)] : [];
      }),
  ];
}

/** What of the settings cannot be used. */
export function settingsProblems(session: Session, snapshot: Snapshot): string[] {
  const { problems } = session.lintSettings(snapshot);
  return [
    ...problems.map(({ message, range }) => `lookback.toml, line ${range.start.line + 1}: ${message}`),
    ...session.editorProblems().map((message) => `The editor's settings: ${message}`),
  ];
}

/** While a file is read in the background it looks as if it could not be; definitions say which files are missing. */
export function isSaidElsewhere({ code }: Gap): boolean {
  return code === "coverage/file-not-opened";
}

/** What is said of a file as a whole stands at its beginning. */
function firstCell(snapshot: Snapshot): string {
  return snapshot.notebook.cells[0]?.id ?? "";
}

/** An editor without notebooks shows a notebook's file as JSON: what is checked elsewhere is not checked here, and that is said. */
const openedAsText: Diagnostic = {
  range: { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } },
  severity: DiagnosticSeverity.Information,
  source: "lookback",
  code: "notebook/opened-as-text",
  message:
    "This notebook is open as text, so its cells are not checked here. On the command line, use: lookback check NOTEBOOK.",
};
