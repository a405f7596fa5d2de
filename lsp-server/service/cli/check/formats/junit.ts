import { type CheckedFile, counts, type Report } from "../checked-file.ts";
import { isSearchShort, searchLines, unsearched } from "../say-search.ts";
import { settingsLines } from "../say-settings.ts";
import type { Format } from "./format.ts";
import { gapLine, gapLines, goneLines, lineOf, paragraphOf } from "./lines.ts";
import { summaryOf } from "./summary.ts";

/**
 * JUnit XML: a test case a finding that counts, and one a file that has none, which passes. Some who read it show one failure a case and no more.
 *
 * A file or folder that could not be read is an error, a file one of which nothing was read is skipped: neither passes. What else is said of a file, of what was not
 * read first, stands in the `system-out` of its first case; under `--strict` what was not read is a failure too.
 */
export const junit: Format = {
  name: "junit",
  about: "JUnit XML: a failing test case a finding that counts, a passing one a file without",
  showsFixes: false,
  write(report) {
    const cases = [
      ...report.files.flatMap((file) => casesOf(file, report.isStrict)),
      ...unsearched(report).map(({ path, error }) => notRead(path, error)),
      ...searchCases(report),
    ];
    const count = (result: Case["result"]) => cases.filter((one) => one.result === result).length;
    const numbers = `tests="${cases.length}" failures="${count("failure")}" errors="${count("error")}"`;
    const said = [...settingsLines(report), ...searchLines(report), ...goneLines(report), summaryOf(report)];
    return [
      '<?xml version="1.0" encoding="UTF-8"?>',
      `<testsuites name="lookback check" ${numbers}>`,
      `  <testsuite name="lookback check" ${numbers} skipped="${count("skipped")}">`,
      ...cases.flatMap(linesOf),
      `    <system-out>${xml(said.join("\n"))}</system-out>`,
      "  </testsuite>",
      "</testsuites>",
      "",
    ].join("\n");
  },
};

interface Case {
  readonly name: string;
  /** Null for what is no file's own. */
  readonly file: string | null;
  readonly result: "passed" | "failure" | "error" | "skipped";
  /** What stands inside, an element a line. */
  readonly inside: readonly string[];
}

function casesOf(file: CheckedFile, isStrict: boolean): Case[] {
  const { path, error, findings, problems, coverage } = file;
  const failures = [
    ...findings.filter(counts).map((one) => [one.rule, one.message, paragraphOf(file, one)] as const),
    ...problems.map((one) => [one.code, one.message, lineOf(file, one)] as const),
    ...(isStrict ? coverage.gaps : []).map((gap) => [gap.code, gap.reason, gapLine(file, gap)] as const),
  ];
  const met = new Map<string, number>();
  const cases = failures.map(([type, message, text]): Case => {
    // A name without its line is the same when lines move, and so is the case to whoever compares two runs.
    const nth = (met.get(type) ?? 0) + 1;
    met.set(type, nth);
    const name = `${path}: ${type}${nth === 1 ? "" : ` (${nth})`}`;
    return { name, file: path, result: "failure", inside: [failure(type, message, text)] };
  });
  if (error !== null) cases.unshift(notRead(path, error));
  const [first = clean(file), ...rest] = cases;
  return [{ ...first, inside: [...first.inside, ...quietOf(file, isStrict)] }, ...rest];
}

function notRead(path: string, error: string): Case {
  const inside = [`<error message="${attribute(error)}" type="not-read"/>`];
  return { name: path, file: path, result: "error", inside };
}

function clean({ path, coverage }: CheckedFile): Case {
  return coverage.isNothingRead
    ? {
        name: path,
        file: path,
        result: "skipped",
        inside: ['<skipped message="Nothing of this file was read."/>'],
      }
    : { name: path, file: path, result: "passed", inside: [] };
}

/** What is said of a file, and fails nothing. */
function quietOf(file: CheckedFile, isStrict: boolean): string[] {
  const quiet = [
    ...(isStrict ? [] : gapLines(file)),
    ...file.findings.filter((finding) => !counts(finding)).map((finding) => paragraphOf(file, finding)),
    ...file.known.findings.map((finding) => `In the baseline: ${paragraphOf(file, finding)}`),
    ...file.known.problems.map((problem) => `In the baseline: ${lineOf(file, problem)}`),
  ];
  return quiet.length === 0 ? [] : [`<system-out>${xml(quiet.join("\n"))}</system-out>`];
}

/** A search that left something out, or found nothing, does not pass for one that read all. */
function searchCases(report: Report): Case[] {
  if (!isSearchShort(report)) return [];
  const said = searchLines(report).join("\n");
  const about = { name: "search", file: null };
  return report.isStrict
    ? [
        {
          ...about,
          result: "failure",
          inside: [failure("search", "Not everything here was searched.", said)],
        },
      ]
    : [{ ...about, result: "skipped", inside: [`<skipped message="${attribute(said)}"/>`] }];
}

function linesOf({ name, file, inside }: Case): string[] {
  const of = file === null ? "" : ` file="${attribute(file)}"`;
  const open = `    <testcase classname="lookback.check" name="${attribute(name)}"${of}`;
  if (inside.length === 0) return [`${open}/>`];
  return [`${open}>`, ...inside.map((line) => `      ${line}`), "    </testcase>"];
}

function failure(type: string, message: string, text: string): string {
  return `<failure type="${attribute(type)}" message="${attribute(message)}">${xml(text)}</failure>`;
}

/** Text for an attribute, in which white space that is not escaped becomes a blank. */
function attribute(text: string): string {
  return xml(text).replaceAll(/[\t\n]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Text for an element. What XML 1.0 cannot hold, not even escaped, is written as Python would: `\x1b`. */
function xml(text: string): string {
  return (
    text
      // biome-ignore lint/suspicious/noControlCharactersInRegex: those that XML refuses.
      .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/gu, (character) => {
        const code = character.charCodeAt(0).toString(16);
        return code.length > 2 ? `\\u${code}` : `\\x${code.padStart(2, "0")}`;
      })
      .replaceAll(/[&<>"\r]/g, (character) => `&#${character.charCodeAt(0)};`)
  );
}
