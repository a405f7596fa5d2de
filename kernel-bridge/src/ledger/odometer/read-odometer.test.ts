import { expect, it } from "vitest";
import { deleteRuns } from "../delete/delete-runs.ts";
import { aMetric } from "../fixtures/a-metric.ts";
import { appendRun, type RunParts } from "../fixtures/append-run.ts";
import { freshStore } from "../fixtures/record-one.ts";
import type { Run } from "../format/run.ts";
import { readOdometers } from "./read-odometer.ts";
import { sayOdometer } from "./say-odometer.ts";

const truth = { digest: "d1", rarest: 30 };
const other = { digest: "d2", rarest: null };
const scored = (model: string, value: number, more: Partial<Parameters<typeof aMetric>[0]> = {}) =>
  aMetric({ name: "accuracy_score", value, model, rows: 100, split: "held out", truth, ...more });

const nobody = { name: null, email: null, agent: null };

/** A ledger of these runs, and what is said beside each score of the last. */
async function said(runs: readonly RunParts[], deleted: readonly number[] = []) {
  const store = await freshStore();
  const told: Run[] = [];
  for (const parts of runs) told.push(await appendRun(store, parts));
  const ids = deleted.map((at) => told[at]!.id);
  if (ids.length > 0) await deleteRuns(store, ids, { by: nobody, confirmed: true });
  const last = told.at(-1)!;
  const odometers = await readOdometers(store, last);
  return last.metrics.map((metric, at) => sayOdometer(metric, odometers[at] ?? null));
}

it("counts models over notebooks, by the rows that judged them, deleted runs among them", async () => {
  const at = (day: number) => `2026-05-0${day}T10:00:00.000Z`;
  const runs = [
    { startedAt: at(3), notebook: "a.ipynb", metrics: [scored("1", 0.8), scored("2", 0.82)] },
    { startedAt: at(4), notebook: "a copy.ipynb", metrics: [scored("1", 0.78), scored("2", 0.81)] },
    { startedAt: at(5), notebook: "a.ipynb", metrics: [scored("1", 0.9, { truth: other })] },
    {
      startedAt: at(6),
      notebook: "b.ipynb",
      metrics: [
        scored("1", 0.84),
        scored("1", 0.7, { name: "f1_score" }),
        scored("2", 0.95, { split: "train" }),
        scored("2", 0.7, { truth: null }),
        scored("2", 0.7, { truth: other, split: null }),
      ],
    },
  ];
  const looked = "These rows are known to have judged";
  const sentences = [
    `${looked} 5 models since 2026-05-03, in 3 notebooks; the best of 5 scores by accuracy is expected to be at most 0.028 too high`,
    `${looked} 5 models since 2026-05-03, in 3 notebooks; how much too good the best score is cannot be said: no standard error is known of such a score`,
    null,
    "How many models its rows have judged is not known",
    `${looked} 2 models since 2026-05-05, in 2 notebooks; how much too good the best score is cannot be said: whether all of its rows were held out is not known`,
  ];
  expect(await said(runs)).toEqual(sentences);
  const withDeleted = await said(runs, [1]);
  expect(withDeleted[0]).toBe(sentences[0]?.replace("notebooks;", "notebooks, 1 deleted run among them;"));
});

it("tells kept honest scores from notebooks that somebody ran", async () => {
  const honest = { kind: "honest", run: null, asWritten: { name: "a", value: 1 }, fixes: [] } as const;
  const runs = [
    { startedAt: "2026-05-03T10:00:00.000Z", metrics: [scored("1", 0.8), scored("2", 0.7)] },
    { startedAt: "2026-05-04T10:00:00.000Z", metrics: [scored("3", 0.6)], origin: honest },
  ];
  expect((await said(runs))[0]).toMatch(/judged 3 models since 2026-05-03, in 1 notebook and 1 kept copy;/);
  const store = await freshStore();
  for (const parts of runs) await appendRun(store, parts);
  const [odometer] = await readOdometers(store, { metrics: [scored("9", 0.5)] });
  expect((await said(runs.slice(1)))[0]).toMatch(/judged 1 model since 2026-05-04, in 1 kept copy$/);
  expect(odometer).toMatchObject({ runs: 2, copies: 1, byRun: [{ models: 2 }, { models: 1 }] });
});

it("says of rows that judged one model only that", async () => {
  expect(await said([{ startedAt: "2026-05-03T10:00:00.000Z", metrics: [scored("1", 0.8)] }])).toEqual([
    "These rows are known to have judged 1 model since 2026-05-03, in 1 notebook",
  ]);
});
