import { nearestWord } from "../../features/read/constructors/did-you-mean.ts";
import type { Range } from "../../notebook/notebook.ts";
import type { Allowance } from "./allowance.ts";
import type { StatementLines } from "./statement-lines.ts";

/** A comment of one line. */
export interface Comment {
  readonly line: number;
  readonly from: number;
  readonly text: string;
  /** Nothing else is on its line. */
  readonly isAlone: boolean;
  /** Whether its line may go on behind it: in a string that holds SQL. */
  readonly isInside: boolean;
}

/** What comments allow, of Python (`#`) or of SQL (`--`); each by what it speaks for, given with the last line of its block. */
export function allowancesOf(
  comments: readonly Comment[],
  lines: readonly string[],
  targetOf: (comment: Comment, last: number) => Target,
): readonly Allowance[] {
  return comments.flatMap((comment, at) => {
    const begins = beginningOf(comment.text);
    if (begins === null) return [];
    const below = comment.isAlone ? continued(comments, at) : [];
    return allowanceOf(comment, begins, below, {
      lines,
      target: targetOf(comment, lastOfBlock(comments, at)),
    });
  });
}

interface Target {
  readonly lines: StatementLines;
  /** Null where it speaks for all that stands on its lines. */
  readonly within: Range | null;
}

const sign = "(?:#+|--+)";
const beginning = new RegExp(`^${sign}\\s*lookback:\\s*allow(-cell|-file)?(?![\\w-])(?![ \\t]*[[(])[ \\t]*`);
const signs = new RegExp(`^${sign}`);
const beginsAnew = new RegExp(`^${sign}\\s*(lookback:|%%|\\+)`, "i");
const scopes = { "-cell": "cell", "-file": "file" } as const;

/** What comes up to the first rule, and how far the allowance reaches. */
interface Beginning {
  readonly begun: string;
  readonly suffix: keyof typeof scopes | null;
  readonly isMisspelt: boolean;
}

function beginningOf(text: string): Beginning | null {
  const written = beginning.exec(text);
  if (written) return { begun: written[0], suffix: suffixOf(written[1]), isMisspelt: false };
  const meant = meaning.exec(text);
  const [begun = "", word = "", suffix] = meant ?? [];
  const isMeant = excusing.has(word.toLowerCase()) || nearestWord(word, ["allow"]) !== null;
  return isMeant ? { begun, suffix: suffixOf(suffix), isMisspelt: true } : null;
}

function suffixOf(written = ""): Beginning["suffix"] {
  const suffix = written.toLowerCase().replace("_", "-");
  return suffix === "-cell" || suffix === "-file" ? suffix : null;
}

/** The same in other letters, without the colon or with more signs, and by another word. */
const meaning = new RegExp(
  `^${sign}\\s*@?look[ _-]?back[ \\t]*[:;,.=]?[ \\t]*([a-z]+)([-_](?:cell|file|line|statement))?(?![\\w-])[ \\t]*[:=([]?[ \\t]*`,
  "i",
);

/** What other tools call it. */
const excusing: ReadonlySet<string> = new Set([
  "accept",
  "disable",
  "except",
  "ignore",
  "noqa",
  "permit",
  "silence",
  "skip",
  "suppress",
]);

function allowanceOf(
  comment: Comment,
  { begun, suffix, isMisspelt }: Beginning,
  below: readonly Comment[],
  { lines, target }: { readonly lines: readonly string[]; readonly target: Target },
): Allowance {
  const { line, from, text, isAlone, isInside } = comment;
  const rules: { id: string; range: Range }[] = [];
  let at = begun.length;
  let own = comment;
  let used = 0;
  for (;;) {
    const id = /^[ \t]*([\w-]*\w)/.exec(own.text.slice(at));
    if (id?.[1] !== undefined) {
      const start = own.from + at + id[0].length - id[1].length;
      rules.push({ id: id[1], range: on(own.line, start, start + id[1].length) });
      at += id[0].length;
    }
    const comma = /^[ \t]*,/.exec(own.text.slice(at));
    if (comma === null) break;
    at += comma[0].length;
    const next = below[used];
    if (own.text.slice(at).trim() !== "") continue;
    if (next === undefined) break;
    own = next;
    at = signs.exec(next.text)?.[0].length ?? 0;
    used++;
  }
  const closing = /[[(][ \t]*$/.test(begun) ? (/^[ \t]*[\])]/.exec(own.text.slice(at))?.[0].length ?? 0) : 0;
  const closed = on(own.line, own.from + at, own.from + at + closing);
  at += closing;
  const rest = own.text.slice(at).trim();
  // A comment below is about something else, unless this one asks for more or that one begins as a reason does.
  const goesOn = rest !== "" || separator.test(bare(below[used]));
  const reason = [rest, ...(goesOn ? below.slice(used).map(bare) : [])].join(" ").replace(separator, "");
  const last = goesOn ? below.at(-1) : used === 0 ? undefined : below[used - 1];
  const end = {
    line: last?.line ?? line,
    character: last === undefined ? from + text.trimEnd().length : last.from + last.text.trimEnd().length,
  };
  return {
    scope: suffix === null ? "statement" : scopes[suffix],
    rules,
    misspelt: isMisspelt
      ? {
          meant: `lookback: allow${suffix ?? ""} `,
          range: on(line, from + (/^(?:#+|--+)\s*/.exec(text)?.[0].length ?? 0), from + begun.length),
          closing: closing > 0 ? closed : null,
        }
      : null,
    reason: reason.trim(),
    range: { start: { line, character: from }, end },
    removed: isAlone
      ? wholeLines(lines, line, end.line)
      : on(
          line,
          (lines[line] ?? "").slice(0, from).trimEnd().length,
          isInside ? end.character : (lines[line] ?? "").length,
        ),
    lines: target.lines,
    within: target.within,
  };
}

const separator = /^[\s—–:-]+/;

function bare(comment: Comment | undefined): string {
  return comment?.text.replace(signs, "").trim() ?? "";
}

/** The comment lines right below, up to one that begins something of its own. */
function continued(comments: readonly Comment[], at: number): readonly Comment[] {
  const found: Comment[] = [];
  for (let next = at + 1; next < comments.length; next++) {
    const [before, comment] = [comments[next - 1], comments[next]];
    if (!before || !comment?.isAlone || comment.line !== before.line + 1) break;
    if (beginsAnew.test(comment.text)) break;
    found.push(comment);
  }
  return found;
}

function lastOfBlock(comments: readonly Comment[], at: number): number {
  let last = comments[at]?.line ?? 0;
  for (const comment of comments.slice(at + 1)) if (comment.isAlone && comment.line === last + 1) last++;
  return last;
}

function wholeLines(lines: readonly string[], first: number, last: number): Range {
  if (last + 1 < lines.length)
    return { start: { line: first, character: 0 }, end: { line: last + 1, character: 0 } };
  const before =
    first === 0 ? { line: 0, character: 0 } : { line: first - 1, character: lines[first - 1]?.length ?? 0 };
  return { start: before, end: { line: last, character: lines[last]?.length ?? 0 } };
}

function on(line: number, from: number, to: number): Range {
  return { start: { line, character: from }, end: { line, character: to } };
}
