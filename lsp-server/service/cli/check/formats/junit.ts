import { type CheckedFile, counts, type Report } from "../checked-file.ts";
import { isSearchShort, searchLines } from "../say-search.ts";
import { settingsLines } from "../say-settings.ts";
import type { Format } from "./format.ts";
import { gapLine, gapLines, goneLines, lineOf, paragraphOf } from "./lines.ts";
import { summaryOf } from "./summary.ts";

/**
 * JUnit XML: a test case a file, a failure a finding that counts. A file that could not be read is an error, one of which nothing was
 * read is skipped: neither passes. What else is said of a file, of what was not read first, stands in its `system-out`; under `--strict` what was not read is a failure too.
 */
export const junit: Format = {
  name: "junit",
  about: "JUnit XML: a test case a file, a failure a finding that counts",
  showsFixes: false,
  write(report) {
    const { files, isStrict } = report;
    const isShort = isSearchShort(report);
    const failing =
      files.filter((file) => file.error === null && fails(file, isStrict)).length +
      (isShort && isStrict ? 1 : 0);
    const errors = files.filter((file) => file.error !== null).length;
    const skipped = files.filter((file) => isSkipped(file, isStrict)).length + (isShort && !isStrict ? 1 : 0);
    const numbers = `tests="${files.length + (isShort ? 1 : 0)}" failures="${failing}" errors="${errors}"`;
    return [
      '<?xml version="1.0" encoding="UTF-8"?>',
      `<testsuites name="lookback check" ${numbers}>`,
      `  <testsuite name="lookback check" ${numbers} skipped="${skipped}">`,
      ...files.flatMap((file) => testCase(file, isStrict)),
      ...searchCase(report),
      `    <system-out>${xml([...settingsLines(report), ...searchLines(report), ...goneLines(report), summaryOf(report)].join("\n"))}</system-out>`,
      "  </testsuite>",
      "</testsuites>",
      "",
    ].join("\n");
  },
};

function testCase(file: CheckedFile, isStrict: boolean): string[] {
  const quiet = [
    ...(isStrict ? [] : gapLines(file)),
    ...file.findings.filter((finding) => !counts(finding)).map((finding) => paragraphOf(file, finding)),
    ...file.known.findings.map((finding) => `In the baseline: ${paragraphOf(file, finding)}`),
    ...file.known.problems.map((problem) => `In the baseline: ${lineOf(file, problem)}`),
  ];
  const inside = [
    ...(file.error === null ? [] : [`<error message="${attribute(file.error)}" type="not-read"/>`]),
    ...(isSkipped(file, isStrict) ? ['<skipped message="Nothing of this file was read."/>'] : []),
    ...file.findings
      .filter(counts)
      .map((finding) => failure(finding.rule, finding.message, paragraphOf(file, finding))),
    ...file.problems.map((problem) => failure(problem.code, problem.message, lineOf(file, problem))),
    ...(isStrict ? file.coverage.gaps : []).map((gap) => failure(gap.code, gap.reason, gapLine(file, gap))),
    ...(quiet.length === 0 ? [] : [`<system-out>${xml(quiet.join("\n"))}</system-out>`]),
  ];
  const open = `    <testcase classname="lookback.check" name="${attribute(file.path)}" file="${attribute(file.path)}"`;
  if (inside.length === 0) return [`${open}/>`];
  return [`${open}>`, ...inside.map((line) => `      ${line}`), "    </testcase>"];
}

/** A search that left something out, or found nothing, does not pass for one that read all. */
function searchCase(report: Report): string[] {
  if (!isSearchShort(report)) return [];
  const said = searchLines(report).join("\n");
  return [
    '    <testcase classname="lookback.check" name="search">',
    report.isStrict
      ? `      ${failure("search", "Not everything here was searched.", said)}`
      : `      <skipped message="${attribute(said)}"/>`,
    "    </testcase>",
  ];
}

function failure(type: string, message: string, text: string): string {
  return `<failure type="${attribute(type)}" message="${attribute(message)}">${xml(text)}</failure>`;
}

function fails({ problems, findings, coverage }: CheckedFile, isStrict: boolean): boolean {
  return problems.length > 0 || findings.some(counts) || (isStrict && coverage.gaps.length > 0);
}

function isSkipped(file: CheckedFile, isStrict: boolean): boolean {
  return file.error === null && file.coverage.isNothingRead && !fails(file, isStrict);
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
