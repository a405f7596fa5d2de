import { readdir, readFile, stat } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { Failure } from "@lookback/kernel-bridge/failure.ts";
import { type Coverage, coverageOf } from "@lookback/language/notebook/coverage.ts";
import { fileGaps } from "@lookback/language/notebook/file-gaps.ts";
import { notebookOf } from "@lookback/language/notebook/notebook.ts";
import type { Python } from "@lookback/language/notebook/python.ts";
import { readNotebook } from "@lookback/language/notebook/read-notebook.ts";
import { analyzeWithFiles } from "../../files/analyze-with-files.ts";
import { loadPython } from "../../files/load-python.ts";
import type { Command, Io } from "../command.ts";
import { type CheckedFile, counts } from "./checked-file.ts";
import { definitionProblems } from "./definition-problems.ts";
import type { Format } from "./formats/format.ts";
import { formats } from "./formats/formats.ts";

const help = `lookback check PATH… [--format ${formats.map(({ name }) => name).join("|")}] [--strict]

Looks for leaks in notebooks (.ipynb) and scripts (.py), and for feature definitions that no join could be made of, also for
what the data files say against them where they can be read. Folders are searched, hidden ones and installed packages aside.

${formats.map(({ name, about }) => `  --format ${name.padEnd(7)} ${about}`).join("\n")}
  --strict         exit 1 also where something was not read, not known from the text, or read on an assumption

What was not read stands in every answer: cells in another language, lines that were not understood, files that could not be
opened. Nothing found is said of the rest.

Exit codes: 0 nothing found in what was read, 1 findings, 2 a path or file could not be read.
`;

/** `lookback check`: the linter on files. Reads, never writes. */
export const check: Command = {
  stop: "heeds",
  help,
  async run(argv, io) {
    const { paths, format, isStrict } = readArguments(argv);
    const python = await loadPython();
    const files: CheckedFile[] = [];
    for (const path of await findFiles(paths, io)) files.push(await checkFile(path, python, io));
    io.out(format.write({ files }));
    for (const file of files) if (file.error !== null) io.err(`${file.path}: ${file.error}\n`);
    if (files.some((file) => file.error !== null)) return 2;
    if (isStrict && files.some((file) => file.coverage.gaps.length > 0)) return 1;
    const isFound = ({ findings, problems }: CheckedFile) => problems.length > 0 || findings.some(counts);
    return files.some(isFound) ? 1 : 0;
  },
};

function readArguments(argv: readonly string[]): {
  paths: string[];
  format: Format;
  isStrict: boolean;
} {
  const usage = { advice: "Run `lookback check --help` for the usage." };
  let parsed: { values: { format?: string; strict?: boolean }; positionals: string[] };
  try {
    parsed = parseArgs({
      args: [...argv],
      options: { format: { type: "string" }, strict: { type: "boolean" } },
      allowPositionals: true,
    });
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new Failure("check/usage", `Nothing was checked: ${message}`, { ...usage, cause });
  }
  const wanted = parsed.values.format ?? formats[0]?.name;
  const format = formats.find(({ name }) => name === wanted);
  if (format === undefined) {
    throw new Failure("check/usage", `Nothing was checked: there is no format called ${wanted}.`, usage);
  }
  if (parsed.positionals.length === 0) {
    throw new Failure("check/usage", "Nothing was checked: no path was given.", usage);
  }
  return { paths: parsed.positionals, format, isStrict: parsed.values.strict === true };
}

async function findFiles(paths: readonly string[], io: Io): Promise<string[]> {
  const found: string[] = [];
  for (const path of paths) {
    const absolute = resolve(io.cwd, path);
    const info = await stat(absolute).catch((cause: unknown) => {
      throw new Failure(
        "check/no-such-path",
        `Nothing was checked: ${path} does not exist or cannot be read.`,
        {
          advice: "Check the spelling, or give a path relative to the current folder.",
          data: { path },
          cause,
        },
      );
    });
    if (!info.isDirectory()) {
      found.push(path);
      continue;
    }
    const inside: string[] = [];
    await collect(absolute, inside, io.signal);
    found.push(...inside.sort().map((file) => join(path, relative(absolute, file))));
  }
  return found;
}

async function collect(folder: string, into: string[], signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.name.startsWith(".") || skipped.has(entry.name)) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await collect(path, into, signal);
    else if (/\.(ipynb|py)$/.test(entry.name)) into.push(path);
  }
}

const skipped = new Set(["node_modules", "__pycache__", "site-packages", "venv", "env"]);

async function checkFile(path: string, python: Python, io: Io): Promise<CheckedFile> {
  io.signal.throwIfAborted();
  const isScript = !/\.ipynb$/i.test(path);
  let bytes: Uint8Array;
  try {
    bytes = await readFile(resolve(io.cwd, path));
  } catch (cause) {
    const error = `was not read: ${cause instanceof Error ? cause.message : String(cause)}`;
    const nothing = { bytes: null, notebook: null, findings: [], problems: [] };
    return { path, isScript, error, ...nothing, coverage: unreadFile(error) };
  }
  const absolute = resolve(io.cwd, path);
  const { value: notebook, problems: ofFile } = readNotebook(bytes, pathToFileURL(absolute).href);
  const [problem] = ofFile.filter((one) => one.unread === "file" && one.code !== "notebook/not-python");
  const { findings, coverage } = await analyzeWithFiles(
    notebook,
    python,
    dirname(absolute),
    fileGaps(ofFile),
  );
  const problems = await definitionProblems(notebook, python, absolute, io.cwd);
  return { path, isScript, error: problem?.message ?? null, bytes, notebook, findings, problems, coverage };
}

function unreadFile(error: string): Coverage {
  return coverageOf(notebookOf("", []), [
    {
      code: "coverage/file-not-read",
      weight: "unread",
      cellId: null,
      cellIndex: null,
      range: null,
      reason: `The file ${error}.`,
      means: "There is no answer about this file.",
      advice: "Look at its permissions.",
    },
  ]);
}
