import { type LeftOut, leavesOut, sayLeftOut } from "@lookback/language/leakage/settings/left-out.ts";
import type { Range } from "@lookback/language/notebook/notebook.ts";
import type { LeftOutData } from "@lookback/protocol/findings.ts";
import { type Diagnostic, DiagnosticSeverity } from "vscode-languageserver";
import { readSettingsFile } from "../files/settings/read-settings-file.ts";

/** What is wrong in a `lookback.toml`, in that file. */
export function settingsDiagnostics(text: string): Diagnostic[] {
  return readSettingsFile(text).problems.map(({ severity, message, range }) => ({
    range,
    severity: severities[severity],
    source: "lookback",
    code: "settings",
    message,
  }));
}

/** What the settings leave out of a document's findings, and what of them cannot be used, at its beginning. */
export function leftOutDiagnostics(
  leftOut: LeftOut,
  problems: readonly string[],
  range: Range,
): Diagnostic[] {
  const said = leavesOut(leftOut) ? sayLeftOut(leftOut) : null;
  const saying = (message: string, severity: DiagnosticSeverity): Diagnostic => {
    const data: LeftOutData = { rule: "settings", title: message, isLeftOut: true };
    return { range, severity, source: "lookback", code: "settings", message, data };
  };
  return [
    ...problems.map((message) => saying(message, DiagnosticSeverity.Warning)),
    ...(said === null ? [] : [saying(said, DiagnosticSeverity.Hint)]),
  ];
}

const severities = { error: DiagnosticSeverity.Error, warning: DiagnosticSeverity.Warning } as const;
