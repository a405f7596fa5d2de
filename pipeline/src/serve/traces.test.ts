import { appendFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { verifyAudit } from "./audit-log.ts";
import { writeRelease } from "./fixture-release.ts";
import { atNoon, NOON, servedWorkspace } from "./fixture-server.ts";
import type { Status } from "./status.ts";
import { verifyPipeline } from "./verify-pipeline.ts";

const served = servedWorkspace();
const { call, deploy, predict } = served;

describe("what it leaves behind", () => {
  it("says when it started that the audit log ended in a torn record", async () => {
    await served.server.close();
    appendFileSync(join(served.stateDir, "audit", "current.jsonl"), '{"seq":2');
    expect((await verifyPipeline(served.stateDir)).tornBytes).toBe(8);
    await served.restart();
    expect((await call<Status>("/v1/status")).body.problems).toEqual([
      "The audit log ended in 8 bytes of a record that a crash tore. Its next record says so.",
    ]);
  });

  it("holds every answer in an unbroken chain", async () => {
    await deploy(writeRelease(served.root, 1));
    const answers = await Promise.all(Array.from({ length: 40 }, () => predict(atNoon)));
    const audit = join(served.stateDir, "audit");
    expect(verifyAudit(audit)).toMatchObject({ broken: null });
    const text = readFileSync(join(audit, "current.jsonl"), "utf8");
    expect(await verifyPipeline(served.stateDir)).toMatchObject({
      broken: null,
      versions: [{ name: "risk", version: 1, fault: null }],
    });
    for (const { body } of answers) expect(text).toContain(`"requestId":"${body.requestId}"`);
  });

  it("tells Prometheus what was answered, refused and missing", async () => {
    await deploy(writeRelease(served.root, 1));
    await predict(atNoon);
    await predict({ inputs: { origin: "XXX", amount: 1 }, at: NOON });
    await predict({ inputs: {} });
    const response = await fetch(`${served.server.url}/metrics`, {
      headers: { authorization: `Bearer ${served.server.token}` },
    });
    const text = await response.text();
    expect(text).toContain('lookback_predictions_total{model="risk",version="1",outcome="answered"} 2');
    expect(text).toContain('lookback_predictions_total{model="risk",version="1",outcome="rejected"} 1');
    expect(text).toContain(
      'lookback_feature_missing_total{view="origin_weather",feature="temp",reason="no row"} 1',
    );
    expect(text).toContain('lookback_feature_age_seconds_sum{view="origin_weather",feature="temp"} 3600');
    expect(text).toContain('lookback_view_rows{view="origin_weather"} 48');
    expect(text).toContain('lookback_active_version{model="risk"} 1');
  });

  it("shows the panel what served: versions, views, example and the latest answers", async () => {
    await deploy(writeRelease(served.root, 1));
    const { body: answer } = await predict(atNoon);
    const { body } = await call<Status>("/v1/status");
    expect(body).toMatchObject({ running: true, url: served.server.url });
    expect(body.deployments[0]).toMatchObject({
      ...{ name: "risk", active: 1, previous: null, exampleAt: NOON, example: atNoon.inputs },
      versions: [{ version: 1, state: "active", requests: 1, errors: 0 }],
      views: [
        { name: "origin_weather", rows: 48, newestEventTime: "2013-01-01T23:00:00Z", delayMs: 2_700_000 },
        {},
      ],
      recent: [answer],
    });
  });
});
