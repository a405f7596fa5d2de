import { journalSchema } from "../../journal/journal-schema.ts";
import { countLeaks } from "../../metrics/leaks-of-score.ts";
import { headlineMetric, lastModel, standingMetrics } from "./headline-metric.ts";
import type { Run, RunMarks, RunSummary, Trust } from "./run.ts";

/** Of a run that nobody said anything of. */
export const noMarks: RunMarks = { starred: false, name: null, note: null, tags: [], official: [] };

/** What a list shows of a run, before anybody marked it. `pinnedBy` names the deployments that rest on it. */
export function runSummary(run: Run, pinnedBy: readonly string[]): RunSummary {
  const metric = headlineMetric(run);
  const standing = standingMetrics(run);
  const found = run.trust?.findings ?? [];
  const { reaching, unknown } = countLeaks(found, metric?.cellId ?? null);
  const leaks = reaching + unknown;
  const notRead = run.trust === null ? null : sayNotRead(run.trust);
  return {
    id: run.id,
    notebook: run.notebook,
    startedAt: run.startedAt,
    durationMs: run.durationMs,
    outcome: run.outcome,
    cellsRun: run.cells.length,
    cellCount: run.cellCount,
    session: run.session.id,
    author: run.author,
    datasets: [...new Set(run.datasets.map((dataset) => dataset.path))],
    tags: run.tags,
    model: lastModel(run)?.className ?? null,
    models: [...new Set(run.models.map((model) => model.className))],
    metrics: Object.fromEntries(standing.map(({ name, value }) => [name, value])),
    trainingMetrics: standing.filter(({ split }) => split === "train").map(({ name }) => name),
    metric,
    trust: run.trust === null ? "unchecked" : leaks > 0 ? "leaky" : notRead === null ? "trusted" : "partly",
    notRead,
    leaks,
    leaksOf: Object.fromEntries(
      found.length === 0 ? [] : standing.map(({ name, cellId }) => [name, countLeaks(found, cellId)]),
    ),
    pinnedBy,
    marks: noMarks,
    origin: run.origin,
  };
}

/** The members a summary has, and its metric's: one that was kept by a version with others is not what a list shows today. */
export const summaryForm = [
  ...Object.keys(
    runSummary(
      { cells: [], datasets: [], models: [], metrics: [], trust: null, session: {} } as unknown as Run,
      [],
    ),
  ),
  ...Object.keys(journalSchema.metric),
].join();

function sayNotRead({ coverage }: Trust): string | null {
  return coverage === undefined ? "How much of the notebook was read is not known" : coverage.said;
}
