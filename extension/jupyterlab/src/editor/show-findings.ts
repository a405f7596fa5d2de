import { type Diagnostic, setDiagnostics } from "@codemirror/lint";
import { leakOf, offsetAt } from "../lsp.ts";
import type { Findings, OfferedFinding } from "../notebooks/findings.ts";
import { applyOffer } from "./apply-offer.ts";
import type { AttachedEditor } from "./attached-editors.ts";
import { drawFinding, type TooltipActs } from "./finding-tooltip.ts";

/** Underlines each finding where it stands, with its tooltip and what the server offers to do about it. */
export function showFindings(
  parts: Parameters<typeof applyOffer>[0],
  findings: Findings,
  acts: TooltipActs,
): void {
  const { editors } = parts;
  const show = (editor: AttachedEditor) => {
    const { view, document, cellId } = editor;
    const text = view.state.doc.toString();
    const diagnostics = findings
      .of(document, cellId)
      .map((finding) =>
        toDiagnostic(finding, text, editor, {
          ...acts,
          apply: (title) => void applyOffer(parts, document, cellId, finding, title),
        }),
      )
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

function toDiagnostic(
  finding: OfferedFinding,
  text: string,
  editor: AttachedEditor,
  acts: TooltipActs & { apply(title: string): void },
): Diagnostic {
  const from = offsetAt(text, finding.range.start);
  const to = Math.max(from, offsetAt(text, finding.range.end));
  return {
    from,
    to,
    severity: severities[finding.severity ?? 1],
    message: finding.message,
    ...(leakOf(finding) !== null && { markClass: "lb-leak" }),
    renderMessage: () => drawFinding(finding, editor.document, acts),
    actions: finding.offers.map((title, index) => ({
      name: title,
      markClass: ["lb-fix", ...classesOf(title, index)].join(" "),
      apply: () => acts.apply(title),
    })),
  };
}

/** The best fix stands out. To allow more than what is pointed at is in the menu of fixes alone. */
function classesOf(title: string, index: number): string[] {
  if (/^Allow .* in this (cell|notebook|file)…$/.test(title)) return ["lb-wider"];
  if (/^(Allow|Explain) /.test(title)) return ["lb-quiet-fix"];
  return index === 0 ? ["lb-first-fix"] : [];
}
