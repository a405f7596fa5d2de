import type { JournalEvent } from "@lookback/kernel-bridge/journal/journal-event.ts";
import { headlineMetric, type Scored } from "@lookback/kernel-bridge/ledger/format/headline-metric.ts";
import type { Metric } from "@lookback/kernel-bridge/ledger/format/run.ts";
import { type ScoringCell, scoringCells } from "@lookback/kernel-bridge/ledger/format/scoring-cells.ts";

/** The scores that cells computed, and what says which of them stands for all. */
export type RunScores = Scored;

/** What a journal tells of scores. */
export function scoresOfJournal(events: readonly JournalEvent[]): RunScores {
  return {
    cells: events.flatMap((event) => (event.t === "cell" ? [{ cellId: event.cell }] : [])),
    models: events.flatMap((event) =>
      event.t === "fit" ? [{ cellId: event.cell, model: event.model, predicts: event.predicts }] : [],
    ),
    metrics: events.flatMap((event) => {
      if (event.t !== "metric") return [];
      const { t, at, cell, ...metric } = event;
      return [{ ...metric, cellId: cell }];
    }),
  };
}

/** One score of a run, by which it is found in another run of the same notebook. */
export interface ScorePlace {
  readonly metric: Metric;
  /** Among those of its name in its cell, and how many those are. */
  readonly at: number;
  readonly of: number;
  /** Where it stands, with all that its cell scored. */
  readonly cell: ScoringCell;
}

/** The score that stands for a run; null where there is none. */
export function headlineOf(run: RunScores): ScorePlace | null {
  const metric = headlineMetric(run);
  if (metric === null) return null;
  const alike = likeIt(run, metric);
  const [cell] = scoringCells(run.metrics.filter(({ cellId }) => cellId === metric.cellId));
  return cell === undefined ? null : { metric, at: alike.indexOf(metric), of: alike.length, cell };
}

/** The same score in another run, or why it is not known which that is. */
export function sameScore(run: RunScores, { metric, at, of }: ScorePlace): number | string {
  const alike = likeIt(run, metric);
  if (alike.length === 0) return `its cell gave no ${metric.name}`;
  if (alike.length !== of) return `its cell gave ${alike.length} of ${metric.name}, not ${of}`;
  const value = alike[at]?.value;
  return value !== undefined && Number.isFinite(value) ? value : `${metric.name} was no number`;
}

function likeIt({ metrics }: RunScores, { cellId, name }: Metric): Metric[] {
  return metrics.filter((metric) => metric.cellId === cellId && metric.name === name);
}
