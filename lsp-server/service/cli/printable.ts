/**
 * A text as a terminal may be given it: what a notebook, a file name or an error brought along cannot move the cursor, color, ring, or show
 * its letters in another order than they stand. Line ends and tabs stay.
 */
export function printable(text: string): string {
  return text.replaceAll(/(?!\r?\n|\t)[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return code > 0xff ? `\\u${code.toString(16)}` : `\\x${code.toString(16).padStart(2, "0")}`;
  });
}
