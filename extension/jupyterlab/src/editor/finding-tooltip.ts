import { drawPath } from "@lookback/extension/panels/finding/draw-path.ts";
import { whereText } from "@lookback/extension/panels/kit/places.ts";
import type { FindingData, Place } from "@lookback/protocol/findings.ts";
import { type Finding, foundBy, gapOf } from "../lsp.ts";
import type { NotebookDocument } from "../notebooks/notebook-document.ts";

export interface TooltipActs {
  showRule(rule: string): void;
  goTo(place: Place): void;
}

/** What a finding says: the fault in plain words, why, what instead, the leak's path, the rule. Text only, whatever the notebook holds. */
export function drawFinding(finding: Finding, document: NotebookDocument, acts: TooltipActs): HTMLElement {
  const { data } = finding;
  const found = foundBy(finding);
  const root = element("div", "lb-root lb-finding");
  const head = element("div", "lb-finding-head");
  const dot = element("span", `lb-finding-dot lb-severity-${finding.severity ?? 1}`);
  dot.setAttribute("aria-hidden", "true");
  const title = element("strong", "");
  title.append(...withCode(data?.title ?? finding.message));
  head.append(dot, title);
  const rule = data?.rule ?? finding.code;
  if (finding.codeDescription !== undefined) head.append(ruleLink(String(rule), acts.showRule));
  else if (rule !== undefined) head.append(element("code", "lb-finding-rule", String(rule)));
  root.append(head);
  const said = found === null ? [gapOf(finding)?.detail ?? ""] : sentencesOf(found);
  const sentences = said.filter((text) => text !== "");
  if (sentences.length > 0) {
    const why = element("p", "lb-finding-why");
    why.append(...withCode(sentences.join(" ")));
    root.append(why);
  }
  if (found !== null && found.path.length > 1) root.append(wayOf(found.path, document, acts));
  return root;
}

function sentencesOf({ message, measured, why, instead }: FindingData): string[] {
  return [message, measured === null ? "" : `Measured: ${measured.says}`, why, instead];
}

function ruleLink(rule: string, showRule: (rule: string) => void): HTMLElement {
  const link = element("button", "lb-link lb-finding-rule", rule);
  link.title = `What ${rule} looks for, and why`;
  link.onclick = () => showRule(rule);
  return link;
}

/** The path as the finding's own page draws it. */
function wayOf(path: FindingData["path"], document: NotebookDocument, acts: TooltipActs): HTMLElement {
  const names = document.cellNames();
  return drawPath(
    path.map(({ role, label, cellId, range }) => {
      const at = { uri: document.cellUri(cellId), cellId, range };
      return { role, label, where: whereText(at, names), go: () => acts.goTo(at) };
    }),
  );
}

/** What stands between backticks, as code. */
function withCode(text: string): (string | HTMLElement)[] {
  return text.split("`").map((part, index) => (index % 2 === 1 ? element("code", "", part) : part));
}

function element(tag: string, className: string, text?: string): HTMLElement {
  const node = document.createElement(tag);
  if (className !== "") node.className = className;
  if (text !== undefined) node.textContent = text;
  return node;
}
