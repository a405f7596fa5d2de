import { type ReactNode, StrictMode } from "react";
import { createRoot } from "react-dom/client";
import "../tokens.css";

/** Draws a panel into an element under Lookback's variables and returns how to remove it. */
export function draw(element: HTMLElement, panel: ReactNode): () => void {
  element.classList.add("lb-root");
  const root = createRoot(element);
  root.render(<StrictMode>{panel}</StrictMode>);
  return () => root.unmount();
}
