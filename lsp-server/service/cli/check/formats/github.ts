import { type CheckedFile, counts, gapPlace, type Spot, spotOf } from "../checked-file.ts";
import { isSearchShort, searchLines, unsearched } from "../say-search.ts";
import type { Format } from "./format.ts";
import { goneLines, inCell, sayGap } from "./lines.ts";
import { linesOfFile } from "./lines-of-file.ts";
import { summaryOf } from "./summary.ts";

/**
 * Workflow commands of GitHub Actions: an annotation a finding, a notice for what was not read (a warning under `--strict`), and the count as a plain line.
 *
 * GitHub counts the lines of a file: in a notebook those of its JSON, so the place in its cell stands in the message.
 */
export const github: Format = {
  name: "github",
  about: "annotations of GitHub Actions, one a finding; what was not read as notices",
  showsFixes: false,
  write: (report) =>
    [
      ...report.files.flatMap((file) => annotationsOf(file, report.isStrict)),
      ...report.settings.flatMap(({ path, problems }) =>
        problems.map(({ severity, message, range: { start } }) =>
          command(severity, { file: path, line: start.line + 1, title: "Settings" }, message),
        ),
      ),
      ...unsearched(report).map(({ path, error }) => notRead(path, error)),
      ...searchLines(report).map((line) =>
        command(
          report.isStrict && isSearchShort(report) ? "warning" : "notice",
          { title: "Not searched" },
          line,
        ),
      ),
      ...goneLines(report).map((line) => command("notice", { title: "Baseline" }, line)),
      summaryOf(report),
      "",
    ].join("\n"),
};

function annotationsOf(file: CheckedFile, isStrict: boolean): string[] {
  const place = placer(file);
  return [
    ...(file.error === null ? [] : [notRead(file.path, file.error)]),
    ...file.findings.map((finding) => {
      const spot = spotOf(file, finding.cellId, finding.range);
      const level = counts(finding) ? finding.severity : "notice";
      const title = `${finding.title} (${finding.rule})`;
      const text = `${finding.message} ${finding.why} Instead: ${finding.instead}`;
      return command(level, { ...place(spot, finding.cellId), title }, inCell(spot, text));
    }),
    ...file.problems.map(({ code, severity, message, cellId, range }) => {
      const spot = spotOf(file, cellId, range);
      return command(severity, { ...place(spot, cellId), title: code }, inCell(spot, message));
    }),
    ...file.coverage.gaps.map((gap) => {
      const { spot, cell } = gapPlace(file, gap);
      const at = spot === null ? { file: file.path } : place(spot, gap.cellId ?? "");
      const text = sayGap(gap);
      const said = spot !== null ? inCell(spot, text) : cell === null ? text : `cell ${cell + 1}: ${text}`;
      return command(isStrict ? "warning" : "notice", { ...at, title: gap.code }, said);
    }),
  ];
}

function notRead(path: string, error: string): string {
  return command("error", { file: path, title: "Not read" }, error);
}

type Properties = Readonly<Record<string, string | number | undefined>>;

/** Where GitHub shows an annotation. Columns hold on one line only. */
function placer(file: CheckedFile): (spot: Spot, cellId: string) => Properties {
  const linesAt = linesOfFile(file);
  return (spot, cellId) => {
    const found = linesAt(spot, cellId);
    if (found === null) return { file: file.path };
    const { line, endLine, column, endColumn } = found;
    const isOneLine = spot.line === spot.endLine;
    return {
      file: file.path,
      line,
      endLine,
      ...(isOneLine && column !== undefined && endColumn !== undefined
        ? { col: column, endColumn: Math.max(column, endColumn - 1) }
        : {}),
    };
  };
}

function command(name: string, properties: Properties, message: string): string {
  const said = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(String(value))}`);
  return `::${name} ${said.join(",")}::${escapeData(message)}`;
}

/** As GitHub's own toolkit escapes: a message ends at its line. */
function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
