import { type Replaced, startRedaction } from "./redaction.ts";

/** A text with every secret in it replaced by `[redacted]`, and what was replaced. */
export function redactText(text: string): { readonly text: string; readonly found: readonly Replaced[] } {
  const redaction = startRedaction();
  const clean = redaction.text(text, "");
  return { text: clean, found: redaction.found };
}
