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

it("says of an environment that another tool did not know that it is not known", async () => {
  const environment = { python: "", platform: "", packages: {} };
  expect(await shown({ environment } as RunParts)).toMatch(/environment\n {2}not known\n$/);
  const known = { python: "3.12.1", platform: "Linux", packages: { numpy: "2" }, variables: { TZ: "UTC" } };
  expect(await shown({ environment: known } as unknown as RunParts)).toMatch(
    /environment\n {2}Python 3\.12\.1, Linux, 1 package\n {2}TZ=UTC\n$/,
  );
});
