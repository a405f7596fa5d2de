import { beginning, scanLine, startsStatement } from "../../notebook/magics/lexical-state.ts";

/** Whole lines of a text, and where they begin in it. */
export interface Piece {
  readonly text: string;
  readonly row: number;
  readonly index: number;
}

/**
 * A text cut where its outermost statements begin; the pieces together are the text. Without minding brackets, a line at the
 * margin that looks like a statement begins one even inside a bracket nobody closed. Linear in the text.
 */
export function cutStatements(text: string, { mindsBrackets }: { mindsBrackets: boolean }): Piece[] {
  const lines = text.split("\n");
  const margin = marginOf(lines);
  const pieces: Piece[] = [];
  let state = beginning;
  let index = 0;
  let begun = { row: 0, index: 0 };
  let isAfterDecorator = false;
  lines.forEach((line, row) => {
    const isInString = state.quote !== null || state.continues;
    const isForced = !mindsBrackets && !isInString && looksLikeStatement(line.slice(margin));
    const canBegin = startsStatement(state) || isForced;
    if (canBegin && beginsAtMargin(line, margin) && !isAfterDecorator && index > begun.index) {
      pieces.push({ text: text.slice(begun.index, index), ...begun });
      begun = { row, index };
    }
    if (isForced) state = beginning;
    if (canBegin && line.trim() !== "") isAfterDecorator = line.trimStart().startsWith("@");
    state = scanLine(line, state).state;
    index += line.length + 1;
  });
  pieces.push({ text: text.slice(begun.index), ...begun });
  return pieces;
}

function marginOf(lines: readonly string[]): number {
  const first = lines.find((line) => line.trim() !== "" && !line.trimStart().startsWith("#")) ?? "";
  return first.length - first.trimStart().length;
}

function beginsAtMargin(line: string, margin: number): boolean {
  const body = line.trimStart();
  if (body === "" || line.length - body.length > margin) return false;
  return !/^(else|elif|except|finally)\b|^[)\]}]/.test(body);
}

function looksLikeStatement(body: string): boolean {
  if (/^(import|from|def|class|if|for|while|with|try|return|del|raise|assert|print|async|@)\b/.test(body))
    return true;
  // `name=value,` in a call that is written down to the margin is an argument.
  return /^[A-Za-z_][\w.]*(\[[^\]]*\])?\s*([-+*/|&]?=)(?!=)/.test(body) && !/,\s*(#.*)?$/.test(body);
}
