import type { ShownStep } from "@lookback/protocol/findings.ts";
import "./path.css";

/** One station of a leak's way, as it is drawn. */
export interface Stop extends Pick<ShownStep, "role" | "label"> {
  /** Which cell and line: `[5], line 2`. */
  readonly where: string;
  go(): void;
}

/** A leak's way from where it enters to the score it spoils, in order; each stop is a button that goes to its place. Plain elements: an editor's tooltip has no React. */
export function drawPath(stops: readonly Stop[]): HTMLElement {
  const list = element("ol", stops.length > MOST_ABREAST ? "lb-path lb-path-long" : "lb-path");
  list.setAttribute("aria-label", "How it reaches the score");
  for (const [at, { role, label, where, go }] of stops.entries()) {
    const item = element("li", "");
    item.dataset.role = at === 0 ? "source" : role;
    const button = document.createElement("button");
    button.type = "button";
    button.title = `Go to ${label}, ${where}`;
    button.onclick = go;
    const name = element("b", "");
    name.append(...breakable(label));
    button.append(name, element("span", "", where));
    item.append(button);
    list.append(item);
  }
  const box = element("div", "lb-path-box");
  box.append(list);
  return box;
}

/** More are drawn one below the other. */
const MOST_ABREAST = 5;

/** Lets long names break where a reader would: before a capital, after an underscore or a dot. */
function breakable(text: string): (string | HTMLElement)[] {
  const parts = text.split(/(?<=[_.])|(?<=[a-z])(?=[A-Z])/);
  return parts.flatMap((part, at) => (at === 0 ? [part] : [element("wbr", ""), part]));
}

function element(tag: string, className: string, text?: string): HTMLElement {
  const node = document.createElement(tag);
  if (className !== "") node.className = className;
  if (text !== undefined) node.textContent = text;
  return node;
}
