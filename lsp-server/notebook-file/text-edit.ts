/** The text with all edits made; they may not overlap, and those of one place are made in their order. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const edit of [...edits].sort((a, b) => a.start - b.start)) {
    parts.push(text.slice(at, edit.start), edit.text);
    at = edit.end;
  }
  return parts.join("") + text.slice(at);
}

/** A piece of a text and what shall stand in its place. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}
