import { parseArgs } from "node:util";
import { counted } from "@lookback/kernel-bridge/counted.ts";
import { Failure } from "@lookback/kernel-bridge/failure.ts";
import type { Metric, Run, RunMarks, Trust } from "@lookback/kernel-bridge/ledger/format/run.ts";
import { runSummary } from "@lookback/kernel-bridge/ledger/format/run-summary.ts";
import { sayAuthor } from "@lookback/kernel-bridge/ledger/marks/author.ts";
import { marksOf } from "@lookback/kernel-bridge/ledger/marks/marks-of.ts";
import { type Odometer, readOdometers } from "@lookback/kernel-bridge/ledger/odometer/read-odometer.ts";
import { sayOdometer } from "@lookback/kernel-bridge/ledger/odometer/say-odometer.ts";
import { showRun } from "@lookback/kernel-bridge/ledger/read/show-run.ts";
import { findStore } from "@lookback/kernel-bridge/ledger/store/find-store.ts";
import { reachText } from "@lookback/kernel-bridge/metrics/leak-words.ts";
import type { Command } from "../command.ts";
import { sayMarks } from "./say-marks.ts";
import { sayDuration, sayResult, sayTrust } from "./say-run.ts";

const help = `lookback show RUN [--json]

Shows one run, whole. RUN is its id, or the beginning of it.

Exit codes: 0 done, 2 usage or failure.
`;

/** `lookback show`: everything the ledger knows of a run. */
export const show: Command = {
  help,
  async run(argv, io) {
    const { values, positionals } = parseArgs({
      args: [...argv],
      options: { json: { type: "boolean", default: false } },
      allowPositionals: true,
    });
    const [id, ...more] = positionals;
    if (id === undefined || more.length > 0)
      throw new Failure("show/usage", "It takes one run.", { advice: help });
    const store = await findStore(io.cwd);
    const run = await showRun(store, id);
    const [{ marks }, odometers] = await Promise.all([marksOf(store, run.id), readOdometers(store, run)]);
    io.out(
      values.json ? `${JSON.stringify({ ...run, marks, odometers }, null, 2)}\n` : say(run, marks, odometers),
    );
    return 0;
  },
};

function say(run: Run, marks: RunMarks, odometers: readonly (Odometer | null)[]): string {
  const summary = runSummary(run, []);
  const trust = sayTrust(summary);
  const looks = run.metrics.map((metric, at) => sayOdometer(metric, odometers[at] ?? null));
  const sections = [
    [
      `run ${run.id}`,
      `  ${sayResult(summary)}${trust === "" ? "" : `  (${trust})`}`,
      `  ${run.notebook}, ${run.startedAt}, ${sayDuration(run.durationMs)}`,
      `  ${sayKernel(run)}`,
      `  ${sayBy(run)}`,
      ...sayMarks(marks).map((line) => `  ${line}`),
    ],
    [
      "cells",
      ...run.cells.map(
        (cell) =>
          `  ${sayPlace(cell)}  ${cell.cellId}  ${cell.outcome}  ${sayDuration(cell.durationMs)}${cell.edited ? "  edited since" : ""}`,
      ),
    ],
    [
      "data",
      ...run.datasets.map(
        (data) =>
          `  ${data.access}  ${data.path}  ${data.sha256?.slice(0, 12) ?? "not hashed"}  ${data.size === null ? "? bytes" : counted(data.size, "byte")}${data.unstable ? "  changed meanwhile" : ""}`,
      ),
    ],
    [
      "models",
      ...run.models.map(
        (model) =>
          `  ${model.variable ?? "(no name)"}  ${[model.className, ...model.steps].join(" > ")}  ${model.rows === null ? "? rows" : counted(model.rows, "row")}${model.innerFits === null ? "" : `  ${counted(model.innerFits, "inner fit")}`}`,
      ),
    ],
    [
      "parameters",
      ...Object.entries(run.parameters).map(([name, value]) => `  ${name}  ${JSON.stringify(value)}`),
    ],
    [
      "metrics",
      ...run.metrics.flatMap((metric, at) => [
        `  ${metric.name}  ${metric.value}${saySeries(metric)}${sayOf(metric)}`,
        ...(looks[at] == null || looks.indexOf(looks[at]) < at ? [] : [`    ${looks[at]}`]),
      ]),
    ],
    ["tables", ...run.tables.map((table) => `  ${table.name}  ${counted(table.of, "row")}${sayOf(table)}`)],
    [
      "leaks",
      ...(run.trust?.findings ?? []).map(
        (finding) =>
          `  ${finding.severity}  ${finding.rule}  cell ${finding.cellId} line ${finding.line}  ${finding.message}${sayReach(finding, summary.metric)}`,
      ),
    ],
    [
      "not read, or not known from the text",
      ...(run.trust?.coverage?.gaps ?? []).map(
        ({ cellId, line, reason, means }) =>
          `  ${cellId === null ? "" : `cell ${cellId}${line === null ? "" : ` line ${line}`}  `}${reason} ${means}`,
      ),
    ],
    [
      "names whose cell is gone",
      ...(run.goneNames ?? []).map(
        ({ cellId, name, definedIn, why }) =>
          `  ${name}  used by cell ${cellId}  ${{ edited: `cell ${definedIn} was edited since it defined it`, gone: `cell ${definedIn}, which defined it, is not in the notebook`, console: "defined at a console" }[why]}`,
      ),
    ],
    [
      "said by its cells",
      ...run.tags.map((tag) => `  #${tag}`),
      ...run.remarks.map((remark) => `  ${remark}`),
    ],
    ["kept as an honest score, which nobody ran", ...sayOrigin(run.origin)],
    ["notes", ...run.notes.map((note) => `  ${note.message}`)],
    [
      "environment",
      `  ${sayPython(run.environment)}`,
      ...Object.entries(run.environment.variables ?? {}).map(([name, value]) => `  ${name}=${value}`),
      ...(run.git === null ? [] : [`  ${sayGit(run.git)}`]),
    ],
  ];
  return sections
    .filter((lines) => lines.length > 1)
    .map((lines) => `${lines.join("\n")}\n`)
    .join("\n");
}

/** Whether the headline score rests on a leak, where that is not plain. */
function sayReach(leak: Trust["findings"][number], score: Metric | null): string {
  const reach = reachText(leak, score?.name ?? "", score?.cellId ?? null);
  return reach === null ? "" : ` (${reach})`;
}

/** Of what a run is the kept honest score; nothing of one that somebody ran, and of one of which nobody knows. */
function sayOrigin(origin: Run["origin"]): string[] {
  if (origin?.kind !== "honest") return [];
  const { run, asWritten, fixes } = origin;
  return [
    `  of ${run === null ? "a notebook of which no run as it was is known" : `run ${run}`}, ${asWritten.name} ${asWritten.value} as written`,
    ...fixes.map(({ rule, title, cell }) => `  cell ${cell}  ${rule}  ${title}`),
  ];
}

/** A run of another tool does not know it. */
function sayPython({ python, platform, packages }: Run["environment"]): string {
  if (python === "") return "not known";
  return `Python ${python}, ${platform}, ${counted(Object.keys(packages).length, "package")}`;
}

function sayPlace({ index, console }: Run["cells"][number]): string {
  return console !== null ? "console" : index !== null ? `${index + 1}` : "gone";
}

function sayKernel({ session: { cellsBefore } }: Run): string {
  if (cellsBefore === null) return "not known what ran before in this kernel";
  return cellsBefore === 0
    ? "in a fresh kernel"
    : `after ${counted(cellsBefore, "earlier cell")} in this kernel`;
}

function sayBy({ author, session: { startedFrom } }: Run): string {
  const who = author === null ? "somebody not known" : sayAuthor(author);
  return `by ${who}${startedFrom === null ? "" : `, from ${startedFrom}`}`;
}

function sayGit({ head, branch, dirty, changes }: NonNullable<Run["git"]>): string {
  const at = `${branch ?? "detached"} at ${head?.slice(0, 10) ?? "no commit"}`;
  if (changes !== null)
    return `${at}, ${counted(changes.total, "changed file")}${changes.notKept === null ? "" : `; the changes are not kept: ${changes.notKept}`}`;
  return dirty === null ? `${at}, whether with changes is not known` : dirty ? `${at}, with changes` : at;
}

/** Of what a score is: the spread of its folds, the model, and whether it was fitted on those rows. */
function sayOf(score: { spread?: number | null; split: string | null; estimator: string | null }): string {
  const spread = score.spread == null ? "" : ` ± ${Number(score.spread.toPrecision(3))}`;
  const split = score.split === "train" ? "training rows" : score.split;
  return [spread, split, score.estimator?.split(".").at(-1)].filter((part) => part != null).join("  ");
}

/** Of a score that was said again and again, such as a loss for each epoch, how often. */
function saySeries({ folds, values }: Run["metrics"][number]): string {
  return folds == null && values != null ? `  last of ${values.length}` : "";
}
