import { longestCommon } from "@lookback/kernel-bridge/ledger/compare/cells/sequence.ts";

/** How a file became another, as `git apply` and `patch -p1` read it; nothing for two that are the same. */
export function unifiedDiff(path: string, before: string, after: string): string {
  const lines = signedLines(linesOf(before), linesOf(after));
  const hunks = hunksOf(lines);
  if (hunks.length === 0) return "";
  const name = path.replaceAll("\\", "/").replace(/^(\.?\/)+/, "");
  return [`--- ${quoted(`a/${name}`)}\n`, `+++ ${quoted(`b/${name}`)}\n`, ...hunks].join("");
}

interface SignedLine {
  readonly sign: " " | "-" | "+";
  readonly text: string;
}

function signedLines(before: readonly string[], after: readonly string[]): SignedLine[] {
  const lines: SignedLine[] = [];
  let [a, b] = [0, 0];
  for (const [left, right] of [...longestCommon(before, after), [before.length, after.length] as const]) {
    for (const text of before.slice(a, left)) lines.push({ sign: "-", text });
    for (const text of after.slice(b, right)) lines.push({ sign: "+", text });
    const common = before[left];
    if (common !== undefined) lines.push({ sign: " ", text: common });
    [a, b] = [left + 1, right + 1];
  }
  return lines;
}

/** Changes with three lines around them; those whose surroundings touch are one. */
function hunksOf(lines: readonly SignedLine[]): string[] {
  const spans: { from: number; end: number }[] = [];
  lines.forEach(({ sign }, at) => {
    if (sign === " ") return;
    const last = spans.at(-1);
    const end = Math.min(lines.length, at + 1 + around);
    if (last !== undefined && at - around <= last.end) last.end = end;
    else spans.push({ from: Math.max(0, at - around), end });
  });
  return spans.map(({ from, end }) => {
    const [above, inside] = [lines.slice(0, from), lines.slice(from, end)];
    const header = `@@ -${rangeOf(above, inside, "+")} +${rangeOf(above, inside, "-")} @@\n`;
    const body = inside.map(({ sign, text }) =>
      text.endsWith("\n") ? sign + text : `${sign}${text}\n\\ No newline at end of file\n`,
    );
    return header + body.join("");
  });
}

const around = 3;

/** Where a hunk begins in the file that has no lines of the other sign, and how many it has there; of none, the line before. */
function rangeOf(above: readonly SignedLine[], inside: readonly SignedLine[], other: "+" | "-"): string {
  const count = inside.filter(({ sign }) => sign !== other).length;
  const before = above.filter(({ sign }) => sign !== other).length;
  return `${count === 0 ? before : before + 1},${count}`;
}

function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** As git writes a name that would break its line. */
function quoted(name: string): string {
  return /["\\\t\n\r]/.test(name) ? JSON.stringify(name) : name;
}
