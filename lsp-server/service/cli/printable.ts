/** A text as a terminal may be given it: what a notebook, a file name or an error brought along cannot move the cursor, color or ring. Line ends and tabs stay. */
export function printable(text: string): string {
  return text.replaceAll(/(?!\r?\n|\t)\p{Cc}/gu, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return `\\x${code.toString(16).padStart(2, "0")}`;
  });
}
