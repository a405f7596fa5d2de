import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openFeatureStore } from "@lookback/pipeline/features/feature-store.ts";
import { lookUp } from "@lookback/pipeline/features/lookup.ts";
import type { Plan } from "@lookback/pipeline/plan/plan.ts";
import type { TrainingSample } from "../release/training-sample.ts";
import { failed, type Gate, passed, type Verdict } from "./gate.ts";
import { sameValue } from "./same-value.ts";

/** A lookup in the online store gives each sampled row what the training join gave it, as `sameValue` says. */
export const onlineAsOffline: Gate = {
  id: "online-as-offline",
  title: "Online = offline features",
  async run(candidate) {
    const { plan, joined } = await candidate.rendered();
    if (joined === null || plan.views.length === 0)
      return passed("0 features are looked up: every input comes with the request");
    const { root } = candidate.context.store;
    const paths = new Map(plan.sources.map((source) => [source.name, join(root, source.path)]));
    return compareFeatures(plan, joined.sample, (name) => paths.get(name) ?? "");
  },
};

export async function compareFeatures(
  plan: Plan,
  sample: TrainingSample,
  pathOf: (source: string) => string,
): Promise<Verdict> {
  const folder = await mkdtemp(join(tmpdir(), "lookback-online-"));
  const store = openFeatureStore(folder);
  try {
    let compared = 0;
    const differences: string[] = [];
    for (const view of plan.views) {
      const online = await store.ensure(view, pathOf(view.source));
      for (const row of sample.rows) {
        const keys = view.joinKeys.map((key) => row.values[key] ?? null);
        const known = keys.filter((key) => key !== null);
        const history = known.length === keys.length ? online.history(known) : null;
        for (const feature of view.features) {
          const column = sample.columns.get(`${view.name}:${feature.name}`);
          if (column === undefined) continue;
          compared++;
          const offline = row.values[column] ?? null;
          const { value } = lookUp(view, feature, history, row.at);
          if (!sameValue(feature, value, offline))
            differences.push(
              `${view.name}:${feature.name} at ${row.at} for ${keys.join(", ")}: ${value} online, ${offline} offline`,
            );
        }
      }
    }
    const evidence = `${sample.rows.length} point-in-time rows, ${compared.toLocaleString("en-US")} values, ${differences.length} differ`;
    return differences.length === 0 && compared > 0
      ? passed(evidence)
      : failed(evidence, differences.slice(0, 50).join("\n"));
  } finally {
    await store.close();
    await rm(folder, { recursive: true, force: true });
  }
}
