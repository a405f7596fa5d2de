import type { FindingData } from "@lookback/protocol/findings.ts";
import { type Finding, gapOf, leakOf } from "../lsp.ts";
import type { NotebookDocument } from "../notebooks/notebook-document.ts";

/** What a finding says: the fault in plain words, why, what instead, the leak's path, the rule. Text only, whatever the notebook holds. */
export function drawFinding(
  finding: Finding,
  document: NotebookDocument,
  showRule: (rule: string) => void,
): HTMLElement {
  const { data } = finding;
  const leak = leakOf(finding);
  const root = element("div", "lb-root lb-finding");
  const head = element("div", "lb-finding-head");
  const dot = element("span", `lb-finding-dot lb-severity-${finding.severity ?? 1}`);
  dot.setAttribute("aria-hidden", "true");
  const title = element("strong", "");
  title.append(...withCode(data?.title ?? finding.message));
  head.append(dot, title);
  const rule = data?.rule ?? finding.code;
  if (finding.codeDescription !== undefined) head.append(ruleLink(String(rule), showRule));
  else if (rule !== undefined) head.append(element("code", "lb-finding-rule", String(rule)));
  root.append(head);
  const said = leak === null ? [gapOf(finding)?.detail ?? ""] : [leak.message, leak.why, leak.instead];
  const sentences = said.filter((text) => text !== "");
  if (sentences.length > 0) {
    const why = element("p", "lb-finding-why");
    why.append(...withCode(sentences.join(" ")));
    root.append(why);
  }
  if (leak !== null && leak.path.length > 1) root.append(drawPath(leak.path, document));
  return root;
}

function ruleLink(rule: string, showRule: (rule: string) => void): HTMLElement {
  const link = element("button", "lb-link lb-finding-rule", rule);
  link.title = `What ${rule} looks for, and why`;
  link.onclick = () => showRule(rule);
  return link;
}

function drawPath(path: FindingData["path"], document: NotebookDocument): HTMLElement {
  const list = element("ol", "lb-finding-path");
  path.forEach((step, index) => {
    const item = element("li", index === 0 || index === path.length - 1 ? "lb-end" : "");
    const name = element("b", "");
    name.append(...breakable(step.label));
    name.title = step.label;
    item.append(name);
    const position = cellNumber(step.cellId, document);
    if (position !== null) item.append(element("span", "", position));
    list.append(item);
  });
  return list;
}

/** `cell 5` as the notebook numbers it: by execution count when it ran, else by place. */
function cellNumber(cellId: string, document: NotebookDocument): string | null {
  const cells = document.cells();
  const index = cells.findIndex(({ id }) => id === cellId);
  if (index === -1) return null;
  return `cell ${cells[index]?.executionCount ?? index + 1}`;
}

/** What stands between backticks, as code. */
function withCode(text: string): (string | HTMLElement)[] {
  return text.split("`").map((part, index) => (index % 2 === 1 ? element("code", "", part) : part));
}

/** Lets long names break where a reader would: before a capital, after an underscore. */
function breakable(text: string): (string | HTMLElement)[] {
  const parts = text.split(/(?<=_)|(?<=[a-z])(?=[A-Z])/);
  return parts.flatMap((part, index) => (index === 0 ? [part] : [element("wbr", ""), part]));
}

function element(tag: string, className: string, text?: string): HTMLElement {
  const node = document.createElement(tag);
  if (className !== "") node.className = className;
  if (text !== undefined) node.textContent = text;
  return node;
}
