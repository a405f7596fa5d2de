import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { loadPython } from "../../files/load-python.ts";
import type { Command, Io } from "../command.ts";
import { checkFile } from "./check-file.ts";
import { type CheckedFile, counts, type Report } from "./checked-file.ts";
import { ruleIds } from "./chosen-rules.ts";
import { findFiles } from "./find-files.ts";
import { formats } from "./formats/formats.ts";
import { type CheckArguments, readArguments } from "./read-arguments.ts";

const help = `lookback check PATH… [--format ${formats.map(({ name }) => name).join("|")}] [--select RULE,…] [--ignore RULE,…] [--strict]
lookback check - --stdin-filename PATH

Looks for leaks in notebooks (.ipynb) and scripts (.py), and for feature definitions that no join could be made of, also for
what the data files say against them where they can be read. Folders are searched, hidden ones and installed packages aside.

${formats.map(({ name, about }) => `  --format ${name.padEnd(7)} ${about}`).join("\n")}
  --select RULE,…  look for these rules only
  --ignore RULE,…  do not look for these
  --strict         exit 1 also where something was not read, not known from the text, or read on an assumption
  --stdin-filename PATH
                   where what comes from standard input belongs: its ending says what it is, its folder what it may import

Rules:
${ruleIds.map((id) => `  ${id}`).join("\n")}

What was not read stands in every answer: cells in another language, lines that were not understood, files that could not be
opened. Nothing found is said of the rest.

Exit codes: 0 nothing found in what was read, 1 findings, 2 a path or file could not be read.
`;

/** `lookback check`: the linter on files. Reads, never writes. */
export const check: Command = {
  stop: "heeds",
  help,
  async run(argv, io) {
    const asked = readArguments(argv);
    const report: Report = { files: await checkAll(asked, io), rules: asked.rules };
    io.out(asked.format.write(report));
    for (const file of report.files) if (file.error !== null) io.err(`${file.path}: ${file.error}\n`);
    return exitCode(report, asked);
  },
};

async function checkAll({ paths, rules, stdinName }: CheckArguments, io: Io): Promise<CheckedFile[]> {
  const world = { python: await loadPython(), cwd: io.cwd, rules };
  const files: CheckedFile[] = [];
  for (const path of await findFiles(paths, io)) {
    io.signal.throwIfAborted();
    const isInput = path === "-" && stdinName !== null;
    const bytes = await (isInput ? inputOf(io) : readFile(resolve(io.cwd, path))).catch(asError);
    files.push(await checkFile(isInput ? stdinName : path, bytes, world));
  }
  return files;
}

async function inputOf(io: Io): Promise<Uint8Array> {
  if (io.input === undefined) throw new Error("there is no standard input.");
  return io.input();
}

function asError(cause: unknown): Error {
  return cause instanceof Error ? cause : new Error(String(cause));
}

function exitCode({ files }: Report, { isStrict }: CheckArguments): 0 | 1 | 2 {
  if (files.some((file) => file.error !== null)) return 2;
  if (isStrict && files.some((file) => file.coverage.gaps.length > 0)) return 1;
  return files.some(({ findings, problems }) => problems.length > 0 || findings.some(counts)) ? 1 : 0;
}
