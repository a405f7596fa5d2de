import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { counted } from "@lookback/kernel-bridge/counted.ts";
import { Failure } from "@lookback/kernel-bridge/failure.ts";
import { ruleIds } from "@lookback/language/leakage/known-rules.ts";
import { profiles } from "@lookback/language/leakage/settings/profiles.ts";
import { loadPython } from "../../files/load-python.ts";
import type { Command, Io } from "../command.ts";
import { againstBaseline, newBaseline } from "./baseline/against-baseline.ts";
import { type Baseline, readBaseline, writeBaseline } from "./baseline/baseline-file.ts";
import { checkFile } from "./check-file.ts";
import { type CheckedFile, counts, type Report } from "./checked-file.ts";
import { type FoundFiles, findFiles } from "./find-files.ts";
import { findSettings } from "./find-settings.ts";
import { applyFixes, diffFixes } from "./fixes/apply-fixes.ts";
import { proveFixes } from "./fixes/prove-fixes.ts";
import { formats } from "./formats/formats.ts";
import { type CheckArguments, readArguments } from "./read-arguments.ts";
import { isSearchShort, unsearched } from "./say-search.ts";
import { settingsLines } from "./say-settings.ts";

const help = `lookback check PATH… [--format ${formats.map(({ name }) => name).join("|")}] [--profile NAME] [--select RULE,…] [--ignore RULE,…] [--baseline FILE] [--strict] [--fix [--suggestions]]
lookback check PATH… --diff [--suggestions]
lookback check PATH… --write-baseline FILE
lookback check - --stdin-filename PATH

Looks for leaks in notebooks (.ipynb, jupytext's .md, .Rmd, .qmd) and scripts (.py, .pyw), and for feature definitions that no join could be made of, also for
what the data files say against them where they can be read. Folders are searched, without hidden ones, node_modules and
__pycache__; an environment that is met, known by pyvenv.cfg, conda-meta or installed packages in it, is not, and a link to a folder is not
followed: both are said.

${formats.map(({ name, about }) => `  --format ${name.padEnd(7)} ${about}`).join("\n")}
  --profile NAME   ${Object.keys(profiles).join(", ")}
  --select RULE,…  look for these rules only
  --ignore RULE,…  do not look for these
  --strict         exit 1 also where something was not read, not known from the text, or read on an assumption, and where no file was found
  --baseline FILE  what is listed there does not count; an entry that matches nothing any more is said
  --write-baseline FILE
                   write what is found to a baseline, without information, which does not count; what it holds of files and rules not looked at stays
  --diff           print the automatic fixes as a unified diff, in place of a report
  --fix            write them into the files, then report what is left
  --suggestions    with --diff or --fix: take also what changes more than the leak, the rows of a score for instance. --diff shows each
                   suggestion under its title, on what was left before it; look at them before --fix writes them
  --stdin-filename PATH
                   where what comes from standard input belongs: its ending says what it is, its folder what it may import

Profiles:
${Object.values(profiles)
  .map(({ name, about }) => `  ${name.padEnd(11)}  ${about}`)
  .join("\n")}

What is said here comes before \`lookback.toml\`, the nearest upward from each file to the workspace's root:

  [lint]
  profile = "default"
  [lint.rules]            # off, on, information, warning, error
  outcome-proxy = "off"

Rules:
${ruleIds.map((id) => `  ${id}`).join("\n")}

A fix is automatic when it changes nothing but the leak; any other is a suggestion. Either is made only where the fixed file has no other finding and lacks this one;
a file that changed meanwhile is left alone. What is not fixed is said on standard error, with the reason.

What was not read stands in every answer: cells in another language, lines that were not understood, files that could not be
opened. Nothing found is said of the rest.

Exit codes: 0 no warning and no error in what was read (information alone is no reason), 1 some, 2 a path, a folder, a file or lookback.toml could not be read, or a file was too long to look at whole.
`;

/** `lookback check`: the linter on files. Writes nothing but what it is told to. */
export const check: Command = {
  stop: "heeds",
  help,
  async run(argv, io) {
    const asked = readArguments(argv);
    const before = await baselineBefore(asked, io);
    const world = { python: await loadPython(), cwd: io.cwd, settings: findSettings(io.cwd, [asked.rules]) };
    const found = await findFiles(asked.paths, io);
    const files = await checkAll(found, asked, world, io);
    const { passedOver } = found;
    const beside = { settings: await world.settings.problems(), passedOver };
    let report = { ...(await reportOf(files, passedOver, before, asked, io)), ...beside };
    if (asked.fixes === "fix") {
      const fixed = await applyFixes(report.files, asked.takesSuggestions, world, io);
      const left = fixed.flatMap((file, at) => file ?? files[at] ?? []);
      report = { ...(await reportOf(left, passedOver, before, asked, io)), ...beside };
    }
    if (asked.fixes !== "diff" && asked.format.showsFixes)
      report = { ...report, files: await proveAll(report.files, world, io) };
    io.out(
      asked.fixes === "diff"
        ? await diffFixes(report.files, asked.takesSuggestions, world, io)
        : asked.format.write(report),
    );
    for (const { path, error } of [...report.files, ...unsearched(report)])
      if (error !== null) io.err(`${path}: ${error}\n`);
    for (const line of settingsLines(report)) io.err(`${line}\n`);
    return exitCode(report);
  },
};

async function checkAll(
  { files: paths }: Pick<FoundFiles, "files">,
  { stdinName }: CheckArguments,
  world: Parameters<typeof checkFile>[2],
  io: Io,
): Promise<CheckedFile[]> {
  const files: CheckedFile[] = [];
  for (const path of paths) {
    io.signal.throwIfAborted();
    const isInput = path === "-" && stdinName !== null;
    const bytes = await (isInput ? inputOf(io) : readFile(resolve(io.cwd, path))).catch(
      (error: Error) => error,
    );
    files.push(await checkFile(isInput ? stdinName : path, bytes, world));
  }
  return files;
}

/** One file after the other: copies of one file are mostly alike, and what was read of one is at hand for the next. */
async function proveAll(
  files: readonly CheckedFile[],
  world: Parameters<typeof checkFile>[2],
  io: Io,
): Promise<CheckedFile[]> {
  const proven: CheckedFile[] = [];
  for (const file of files) {
    io.signal.throwIfAborted();
    proven.push(await proveFixes(file, world));
  }
  return proven;
}

async function inputOf(io: Io): Promise<Uint8Array> {
  if (io.input === undefined) throw new Error("there is no standard input.");
  return io.input();
}

/** A baseline that was named must be there; one that is written may be. */
async function baselineBefore({ baseline, newBaseline }: CheckArguments, io: Io): Promise<Baseline | null> {
  const path = baseline ?? newBaseline;
  const found = path === null ? null : await readBaseline(path, io.cwd);
  if (found === null && baseline !== null) {
    throw new Failure("check/no-baseline", `Nothing was checked: there is no baseline ${baseline}.`, {
      advice: `\`lookback check PATH… --write-baseline ${baseline}\` writes it.`,
    });
  }
  return found;
}

async function reportOf(
  files: readonly CheckedFile[],
  passedOver: Report["passedOver"],
  before: Baseline | null,
  { isStrict, newBaseline: path }: CheckArguments,
  io: Io,
): Promise<Omit<Report, "settings" | "passedOver">> {
  const asked = { cwd: io.cwd, unsearched: unsearched({ passedOver }).map(({ path }) => path) };
  if (path === null) {
    return before === null
      ? { files, isStrict, baseline: null }
      : { isStrict, ...againstBaseline(files, before, asked) };
  }
  if (files.some(({ error }) => error !== null) || asked.unsearched.length > 0) {
    io.err(`${path} was not written: not every file and folder could be read.\n`);
    return { files, isStrict, baseline: null };
  }
  const after = newBaseline(path, files, before, asked);
  await writeBaseline(after, io.cwd);
  const mentions = files.flatMap(({ findings }) => findings.filter((finding) => !counts(finding))).length;
  const rest =
    mentions === 0
      ? ""
      : `; ${counted(mentions, "finding")} of information ${mentions === 1 ? "is" : "are"} left out, which ${mentions === 1 ? "does" : "do"} not count anyway`;
  io.err(`${path} was written: ${counted(after.entries.length, "entry", "entries")}${rest}.\n`);
  return { isStrict, ...againstBaseline(files, after, asked) };
}

function exitCode(report: Report): 0 | 1 | 2 {
  const { files, settings, isStrict } = report;
  if (files.some((file) => file.error !== null) || unsearched(report).length > 0) return 2;
  if (settings.some(({ problems }) => problems.some(({ severity }) => severity === "error"))) return 2;
  if (isStrict && (isSearchShort(report) || files.some((file) => file.coverage.gaps.length > 0))) return 1;
  return files.some(({ findings, problems }) => problems.length > 0 || findings.some(counts)) ? 1 : 0;
}
