import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { Failure } from "@lookback/kernel-bridge/failure.ts";
import type { Metric, Run } from "@lookback/kernel-bridge/ledger/format/run.ts";
import { readOdometers } from "@lookback/kernel-bridge/ledger/odometer/read-odometer.ts";
import { sayOdometer } from "@lookback/kernel-bridge/ledger/odometer/say-odometer.ts";
import type { Store } from "@lookback/kernel-bridge/ledger/store/store.ts";
import type { HonestScore } from "@lookback/protocol/honest.ts";
import { honestScore } from "../../honest/honest-score.ts";
import { originOf } from "../../honest/keep-score.ts";
import { runAsItWas } from "../../honest/run-as-it-was.ts";
import { handler } from "../handler.ts";
import { isUnsaved } from "../is-unsaved.ts";
import { openDocument } from "../open-document.ts";

export const honestStart = handler(
  "lookback/honest/start",
  async ({ ledgers, world, documents, honest }, { notebook }, { notify, signal }) => {
    const { store, toLedger } = await ledgers.of(notebook);
    const name = toLedger(notebook);
    const path = resolve(store.root, name);
    if (await isUnsaved(documents, path))
      throw new Failure("honest/unsaved", "The notebook has changes that are not saved. Nothing ran.", {
        advice: "The honest score is of the notebook as it is saved: save it, and ask again.",
      });
    const bytes = await readFile(path).catch(() => null);
    const { report, metric, held } = await honestScore({
      path,
      root: store.root,
      name,
      python: world.kernelPython,
      compiler: world.compiler,
      env: process.env,
      signal,
      timeoutMs: longestCopyMs,
      mostCopied: mostCopiedBytes,
      isHeld: true,
      onProgress: (step, done, of) => notify("lookback/honest/progress", { notebook, step, done, of }),
    });
    try {
      const run = bytes === null ? null : await runAsItWas(store, name, bytes);
      const origin = originOf(report, run?.id ?? null);
      const looks = await looksAt(store, metric);
      signal.throwIfAborted();
      return {
        report: { ...report, notebook },
        run: run && { id: run.id, startedAt: run.startedAt, score: metric && scoreIn(run, metric) },
        looks,
        uri: (await openDocument(documents, path))?.uri ?? null,
        held:
          held === null || origin === null ? null : honest.hold({ notebook, run: held, origin, kept: null }),
      };
    } catch (error) {
      await held?.release();
      throw error;
    }
  },
);

/** What another run came to by the same name in the same cell. */
function scoreIn({ metrics }: Run, { cellId, name }: Metric): number | null {
  return metrics.findLast((metric) => metric.cellId === cellId && metric.name === name)?.value ?? null;
}

// Whoever waits sees how far it is, and can cancel.
const longestCopyMs = 3_600_000;
const mostCopiedBytes = 2 ** 31;

/** How often the rows of the score as written have judged, by what is recorded. */
async function looksAt(store: Store, metric: Metric | null): Promise<HonestScore["looks"]> {
  if (metric === null) return null;
  const [odometer = null] = await readOdometers(store, { metrics: [metric] });
  const isSeen = odometer !== null && odometer.runs > 0;
  const sentence = sayOdometer(metric, isSeen ? odometer : null);
  if (isSeen && sentence !== null) return { sentence, odometer };
  return odometer === null && sentence === null
    ? null
    : { sentence: sentence ?? "No recorded run was judged by these rows", odometer: null };
}
