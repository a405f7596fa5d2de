import { applyFix } from "@lookback/language/leakage/apply-fix.ts";
import type { Finding } from "@lookback/language/leakage/finding.ts";
import { knownRules } from "@lookback/language/leakage/known-rules.ts";
import { rulePage } from "@lookback/language/leakage/pages/rule-page.ts";
import type { RuleText } from "@lookback/language/leakage/rule.ts";
import { isOn } from "@lookback/language/leakage/settings/judge.ts";
import { defaultSettings } from "@lookback/language/leakage/settings/settings.ts";
import { lineFinder } from "@lookback/notebook-file/line-ends.ts";
import type {
  Invocation,
  Location,
  Log,
  LogicalLocation,
  Notification,
  Region,
  ReportingDescriptor,
  Result,
} from "sarif";
import type { Fault } from "../baseline/fingerprints.ts";
import { type CheckedFile, gapPlace, type Report, type Spot, spotOf } from "../checked-file.ts";
import { fileEdits } from "../fixes/file-edits.ts";
import { lookedFor } from "../looked-for.ts";
import { searchLines, unsearched } from "../say-search.ts";
import { saySettings, settingsLines } from "../say-settings.ts";
import type { Format } from "./format.ts";
import { goneLines, inCell } from "./lines.ts";
import { linesOfFile } from "./lines-of-file.ts";
import { summaryOf } from "./summary.ts";

/**
 * SARIF 2.1.0 with one run: the rules that found something with their texts, results with their code flows.
 *
 * SARIF has no cells: a notebook's region counts the lines of its JSON, as those who show it do, and so do its fixes; the cell stands in a logical
 * location, and the place in it in the message.
 */
export const sarif: Format = {
  name: "sarif",
  about: "SARIF 2.1.0, for code scanning",
  showsFixes: true,
  write: (report) => `${JSON.stringify(logOf(report), null, 2)}\n`,
};

function logOf(report: Report): Log {
  const { files, baseline } = report;
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "Lookback",
            rules: [...rulesFound(files).map(descriptorOf), ...problemDescriptors(files)],
            notifications: [
              ...new Set(files.flatMap(({ coverage }) => coverage.gaps.map(({ code }) => code))),
            ]
              .sort()
              .map((id) => ({ id, shortDescription: { text: "Not part of the answer" } })),
          },
        },
        columnKind: "utf16CodeUnits",
        invocations: [
          {
            ...configurationOf(report),
            executionSuccessful:
              files.every((file) => file.error === null) && unsearched(report).length === 0,
            toolExecutionNotifications: [
              ...files.flatMap((file) => [
                ...(file.error === null ? [] : [errorOf(file.path, file.error)]),
                ...notificationsOf(file),
              ]),
              ...unsearched(report).map(({ path, error }) => errorOf(path, error)),
              ...searchLines(report).map((text): Notification => ({ level: "note", message: { text } })),
              ...goneLines({ baseline }).map((text): Notification => ({ level: "note", message: { text } })),
              { level: "note", message: { text: summaryOf(report) } },
            ],
          },
        ],
        results: files.flatMap((file) => [
          ...resultsOf(file, file).map((result) => ({
            ...result,
            ...(baseline === null ? {} : { baselineState: "new" as const }),
          })),
          ...resultsOf(file, file.known).map((result) => ({
            ...result,
            baselineState: "unchanged" as const,
            suppressions: [
              { kind: "external" as const, justification: `In the baseline ${baseline?.path}.` },
            ],
          })),
        ]),
      },
    ],
  };
}

/** What was not looked for: rules that are off or on against their habit, and the same in words; and what is wrong with the settings. */
function configurationOf(report: Report): Partial<Invocation> {
  const { leftOut } = lookedFor(report.files);
  const said = saySettings(report.files);
  const overrides = knownRules
    .filter((rule) => leftOut.includes(rule.id) === isOn(defaultSettings, rule))
    .map(({ id }) => ({ descriptor: { id }, configuration: { enabled: !leftOut.includes(id) } }));
  const notes: Notification[] = [
    ...(said === null ? [] : [{ level: "note" as const, message: { text: said } }]),
    ...settingsLines(report).map((text) => ({ level: "error" as const, message: { text } })),
  ];
  return {
    ...(overrides.length === 0 ? {} : { ruleConfigurationOverrides: overrides }),
    ...(notes.length === 0 ? {} : { toolConfigurationNotifications: notes }),
  };
}

function errorOf(path: string, text: string): Notification {
  return {
    level: "error",
    message: { text },
    locations: [{ physicalLocation: { artifactLocation: { uri: uriOf(path) } } }],
  };
}

function notificationsOf(file: CheckedFile): Notification[] {
  const locationOf = locator(file);
  return file.coverage.gaps.map((gap) => {
    const { spot, cell } = gapPlace(file, gap);
    const location = spot
      ? locationOf(spot, gap.cellId ?? "")
      : {
          physicalLocation: { artifactLocation: { uri: uriOf(file.path) } },
          ...(cell === null ? {} : { logicalLocations: [cellLocation(cell)] }),
        };
    const text = `${gap.reason} ${gap.means} ${gap.advice}`;
    return {
      descriptor: { id: gap.code },
      level: gap.weight === "unread" ? "warning" : "note",
      message: { text: spot ? inCell(spot, text) : text },
      locations: [location],
    };
  });
}

/** The texts of all rules are ten times what most findings take. */
function rulesFound(files: readonly CheckedFile[]): readonly RuleText[] {
  const found = new Set(
    files.flatMap(({ findings, known }) => [...findings, ...known.findings].map(({ rule }) => rule)),
  );
  return knownRules.filter(({ id }) => found.has(id));
}

const levels = { error: "error", warning: "warning", information: "note" } as const;

function descriptorOf(rule: RuleText): ReportingDescriptor {
  return {
    id: rule.id,
    name: rule.id,
    shortDescription: { text: rule.title },
    fullDescription: { text: rule.why },
    help: helpOf(rule),
    defaultConfiguration: { level: levels[rule.severity], enabled: isOn(defaultSettings, rule) },
    properties: { tags: [rule.kind] },
  };
}

/** What to do instead, and how to allow it where it is right; whole as Markdown. */
function helpOf(rule: RuleText) {
  const { id, kind, instead, source } = rule;
  const allow =
    kind === "suppression" ? [] : [`Where it is right, write # lookback: allow ${id} — reason above it.`];
  return {
    text: [instead, ...allow, `Source: ${source}`].join("\n\n"),
    markdown: rulePage(rule, null),
  };
}

function problemDescriptors(files: readonly CheckedFile[]): ReportingDescriptor[] {
  const codes = new Set(
    files.flatMap(({ problems, known }) => [...problems, ...known.problems].map(({ code }) => code)),
  );
  return [...codes].sort().map((id) => ({
    id,
    name: id,
    shortDescription: { text: "A feature definition that no join can be made of" },
    properties: { tags: ["features"] },
  }));
}

function resultsOf(file: CheckedFile, { findings, problems }: CheckedFile["known"]): Result[] {
  const locationOf = locator(file);
  return [
    ...findings.map((finding) => ({
      ...resultOf(file, finding, locationOf),
      ...fingerprintOf(file, finding),
    })),
    ...problems.map((problem): Result => {
      const { code, severity, message, cellId, range } = problem;
      const spot = spotOf(file, cellId, range);
      return {
        ruleId: code,
        level: severity,
        message: { text: inCell(spot, message) },
        locations: [locationOf(spot, cellId)],
        ...fingerprintOf(file, problem),
      };
    }),
  ];
}

/** `primaryLocationLineHash` is what GitHub goes by; it would make its own from the lines of a notebook's JSON, outputs included. */
function fingerprintOf(file: CheckedFile, fault: Fault): Pick<Result, "partialFingerprints"> {
  const fingerprint = file.fingerprints.get(fault) ?? "";
  return {
    partialFingerprints: { "lookbackFinding/v1": fingerprint, primaryLocationLineHash: fingerprint },
  };
}

function resultOf(file: CheckedFile, finding: Finding, locationOf: Locator): Result {
  const at = spotOf(file, finding.cellId, finding.range);
  const stations = finding.path.map((one) => {
    const spot = spotOf(file, one.cellId, one.range);
    const text = `${one.role}: ${one.label}`;
    return { location: { ...locationOf(spot, one.cellId), message: { text: inCell(spot, text) } } };
  });
  return {
    ruleId: finding.rule,
    level: levels[finding.severity],
    message: { text: inCell(at, `${finding.message} ${finding.why} ${finding.instead}`) },
    locations: [locationOf(at, finding.cellId)],
    ...fixesOf(file, finding),
    ...(stations.length === 0
      ? {}
      : {
          relatedLocations: stations.map(({ location }, id) => ({ id, ...location })),
          codeFlows: [{ threadFlows: [{ locations: stations }] }],
        }),
  };
}

/** The fixes as changes of the file's text: in a notebook of its JSON. What cannot be written is left out. */
function fixesOf(file: CheckedFile, finding: Finding): Pick<Result, "fixes"> {
  const written = (file.proven.get(finding)?.fixes ?? []).flatMap((fix) => {
    const made = file.notebook === null ? "" : fileEdits(file, applyFix(file.notebook, fix));
    if (typeof made === "string" || made.edits.length === 0) return [];
    const isAutomatic = fix.kind === "automatic";
    return {
      description: { text: isAutomatic ? fix.title : `${fix.title} (look before you take it)` },
      artifactChanges: [
        {
          artifactLocation: { uri: uriOf(file.path) },
          replacements: made.edits.map(({ start, end, text }) => ({
            deletedRegion: regionOf(made.text, start, end),
            insertedContent: { text },
          })),
        },
      ],
    };
  });
  return written.length === 0 ? {} : { fixes: written };
}

function regionOf(text: string, start: number, end: number): Region {
  const lineOf = lineFinder(text);
  const columnOf = (offset: number) =>
    offset - Math.max(text.lastIndexOf("\n", offset - 1), text.lastIndexOf("\r", offset - 1));
  return {
    startLine: lineOf(start) + 1,
    startColumn: columnOf(start),
    endLine: lineOf(end) + 1,
    endColumn: columnOf(end),
  };
}

type Locator = (spot: Spot, cellId: string) => Location;

/** Of a place that no line of the file holds, the file. */
function locator(file: CheckedFile): Locator {
  const linesAt = linesOfFile(file);
  return (spot, cellId) => {
    const lines = linesAt(spot, cellId);
    return {
      physicalLocation: {
        artifactLocation: { uri: uriOf(file.path) },
        ...(lines === null
          ? {}
          : {
              region: {
                startLine: lines.line,
                ...(lines.column === undefined ? {} : { startColumn: lines.column }),
                endLine: lines.endLine,
                ...(lines.endColumn === undefined ? {} : { endColumn: lines.endColumn }),
              },
            }),
      },
      ...(spot.cell === undefined ? {} : { logicalLocations: [cellLocation(spot.cell)] }),
    };
  };
}

function cellLocation(index: number): LogicalLocation {
  return { name: `cell ${index + 1}`, kind: "element" };
}

function uriOf(path: string): string {
  return path.split(/[\\/]/).map(encodeURIComponent).join("/");
}
