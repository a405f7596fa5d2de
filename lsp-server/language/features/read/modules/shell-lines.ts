import { bodyOf } from "../../../notebook/magics/cell-magics.ts";
import { lineMagic } from "../../../notebook/magics/line-magics.ts";
import type { Syntax } from "../../../notebook/python.ts";

/** A line of IPython's own, and what it does to the names of a notebook. */
export interface ShellLine {
  /** 0-based, in its cell. */
  readonly line: number;
  readonly text: string;
  /** Names it may assign; null when it may do anything. */
  readonly names: readonly string[] | null;
  /** It runs the rest of the line, or of the cell, in names of its own. */
  readonly apart: "line" | "cell" | null;
  /** Where it goes, null when the text does not tell; absent when it goes nowhere. */
  readonly folder?: string | null;
}

/** The lines of a cell that are IPython's and may change what a name means, in their order. */
export function shellLines(source: string, { text }: Pick<Syntax, "text">): readonly ShellLine[] {
  const masked = text.split("\n");
  return source.split("\n").flatMap((line, at): ShellLine[] => {
    if (line === masked[at]) return [];
    const body = line.trim();
    const done = effectOf(body);
    return done ? [{ line: at, text: body.length <= 60 ? body : `${body.slice(0, 59)}…`, ...done }] : [];
  });
}

type Effect = Pick<ShellLine, "names" | "apart" | "folder">;

function effectOf(body: string): Effect | null {
  const cell = /^%%(\S+)(.*)$/.exec(body);
  if (cell) return cellMagic(cell[1] ?? "", cell[2] ?? "");
  const line = /^%([\w.]+)(.*)$/.exec(body);
  if (line) return magic(line[1] ?? "", line[2] ?? "");
  const value = /=\s*%([\w.]+)(.*)$/.exec(body);
  return value ? magic(value[1] ?? "", value[2] ?? "") : null;
}

function cellMagic(name: string, args: string): Effect | null {
  const body = bodyOf(name, args);
  if (name === "timeit") return { names: [], apart: "cell" };
  if (body.is === "unknown" || /^(cython|fortran)/i.test(name)) return { names: null, apart: null };
  return { names: body.is === "other" && body.isForReaders ? [] : wordsOf(args), apart: null };
}

function magic(name: string, args: string): Effect | null {
  if (["cd", "pushd", "popd"].includes(name))
    return { names: [], apart: null, folder: name === "cd" ? folderIn(args) : null };
  const { does } = lineMagic(name);
  if (name === "timeit" || name === "memit") return { names: [], apart: "line" };
  if (does === "unknown" || does === "run-elsewhere" || resetting.has(name))
    return { names: null, apart: null };
  return does === "other-language" || does === "nothing" ? { names: wordsOf(args), apart: null } : null;
}

/** The folder that `%cd` names in so many words. */
function folderIn(args: string): string | null {
  const words = args.trim().replace(/^-q\b\s*/, "");
  const path = /^(["'])(.*)\1$/.exec(words)?.[2] ?? words;
  return path === "" || /^[-~]|[${}]/.test(path) ? null : path;
}

/** What takes names away, or brings many. */
const resetting: ReadonlySet<string> = new Set(["reset", "reset_selective", "xdel", "pylab"]);

function wordsOf(args: string): readonly string[] {
  return args.match(/[^\W\d]\w*/gu) ?? [];
}
