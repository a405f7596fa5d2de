import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { aMetric } from "@lookback/kernel-bridge/ledger/fixtures/a-metric.ts";
import { appendRun, type RunParts } from "@lookback/kernel-bridge/ledger/fixtures/append-run.ts";
import { openStore } from "@lookback/kernel-bridge/ledger/store/open-store.ts";
import { expect, it } from "vitest";
import { show } from "./show.ts";

async function shown(parts: RunParts): Promise<string> {
  const cwd = mkdtempSync(join(tmpdir(), "lookback-show-"));
  const run = await appendRun(await openStore(cwd), parts);
  const out: string[] = [];
  const { signal } = new AbortController();
  await show.run([run.id], {
    cwd,
    env: {},
    out: (text) => void out.push(text),
    err: () => undefined,
    signal,
  });
  return out.join("");
}

it("shows what cells said of a run, and how long a series is", async () => {
  const text = await shown({
    parameters: { depth: 3, loss: "log" },
    tags: ["weather"],
    remarks: ["joined as of"],
    metrics: [aMetric({ name: "loss", value: 0.2, values: [1, 0.5, 0.2] })],
  });
  expect(text).toContain('parameters\n  depth  3\n  loss  "log"\n');
  expect(text).toContain("metrics\n  loss  0.2  last of 3\n");
  expect(text).toContain("said by its cells\n  #weather\n  joined as of\n");
});

it("says of which run, and with what, a run is the kept honest score", async () => {
  const asWritten = { name: "auc", value: 0.9 };
  const fixes = [{ rule: "scaler-before-split", title: "Fit it on the training rows", cell: 3 }];
  expect(await shown({ origin: { kind: "honest", run: "01KAGZ", asWritten, fixes } })).toContain(
    "kept as an honest score, which nobody ran\n  of run 01KAGZ, auc 0.9 as written\n  cell 3  scaler-before-split  Fit it on the training rows\n",
  );
  expect(await shown({ origin: { kind: "own" } })).not.toContain("honest");
});

it("says once beside a score how often its rows have judged", async () => {
  const score = { rows: 100, split: "held out", truth: { digest: "d", rarest: 40 } } as const;
  const text = await shown({
    startedAt: "2026-05-03T10:00:00.000Z",
    metrics: [
      aMetric({ name: "auc", value: 0.7, model: "1", ...score }),
      aMetric({ name: "f1", value: 0.6, model: "1", ...score }),
      aMetric({ name: "loss", value: 0.2, split: "train" }),
    ],
  });
  expect(text).toContain(
    "metrics\n  auc  0.7  held out\n    These rows are known to have judged 1 model since 2026-05-03, in 1 notebook\n  f1  0.6  held out\n  loss  0.2  training rows\n",
  );
});

it("says of an environment that another tool did not know that it is not known", async () => {
  const environment = { python: "", platform: "", packages: {} };
  expect(await shown({ environment } as RunParts)).toMatch(/environment\n {2}not known\n$/);
  const known = { python: "3.12.1", platform: "Linux", packages: { numpy: "2" }, variables: { TZ: "UTC" } };
  expect(await shown({ environment: known } as unknown as RunParts)).toMatch(
    /environment\n {2}Python 3\.12\.1, Linux, 1 package\n {2}TZ=UTC\n$/,
  );
});
