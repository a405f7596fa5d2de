import { type Diagnostic, setDiagnostics } from "@codemirror/lint";
import { type Finding, isLeak, offsetAt } from "../lsp.ts";
import type { Findings } from "../notebooks/findings.ts";
import { applyFix } from "./apply-fix.ts";
import type { AttachedEditor, AttachedEditors } from "./attached-editors.ts";
import { drawFinding } from "./finding-tooltip.ts";

/** Underlines each finding where it stands, with its tooltip and its fixes. */
export function showFindings(editors: AttachedEditors, findings: Findings): void {
  const show = (editor: AttachedEditor) => {
    const { view, document, cellId } = editor;
    const text = view.state.doc.toString();
    const diagnostics = findings
      .of(document, cellId)
      .map((finding) => toDiagnostic(finding, text, editor))
      .sort((a, b) => a.from - b.from || a.to - b.to);
    view.dispatch(setDiagnostics(view.state, diagnostics));
  };
  editors.attached.connect((_, editor) => {
    if (findings.of(editor.document, editor.cellId).length > 0) show(editor);
  });
  findings.changed.connect((_, { document, cellIds }) => {
    for (const cellId of cellIds) {
      const editor = editors.cell(document, cellId);
      if (editor !== null) show(editor);
    }
  });
}

const severities = { 1: "error", 2: "warning", 3: "info", 4: "hint" } as const;

function toDiagnostic(finding: Finding, text: string, editor: AttachedEditor): Diagnostic {
  const from = offsetAt(text, finding.range.start);
  const to = Math.max(from, offsetAt(text, finding.range.end));
  return {
    from,
    to,
    severity: severities[finding.severity ?? 1],
    message: finding.message,
    ...(isLeak(finding) && { markClass: "lb-leak" }),
    renderMessage: () => drawFinding(finding, editor.document),
    actions: (finding.data?.fixes ?? []).map((fix, index) => ({
      name: fix.title,
      markClass: index === 0 ? "lb-fix lb-first-fix" : "lb-fix",
      apply: () => applyFix(editor.document, fix),
    })),
  };
}
