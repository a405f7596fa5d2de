import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { PLAN_FORMAT, type Plan } from "../plan/plan.ts";

const HOUR = 3_600_000_000;

/**
 * Writes a workspace's data for the tests: `data/weather.parquet`, hourly temperatures of two airports on 2013-01-01, of which JFK's
 * hour h is h degrees, and `data/departures.csv`, a delay of 10 * h minutes at JFK at half past every hour.
 */
export async function writeData(root: string): Promise<void> {
  mkdirSync(join(root, "data"), { recursive: true });
  const inData = (file: string) => join(root, "data", file).replaceAll("'", "''");
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  await connection.run(`COPY (
    SELECT origin, TIMESTAMP '2013-01-01' + to_hours(h) AS time_hour, CASE WHEN origin = 'JFK' THEN h::DOUBLE ELSE 50.0 END AS temp
    FROM range(24) r(h), (VALUES ('JFK'), ('LGA')) o(origin)
  ) TO '${inData("weather.parquet")}' (FORMAT parquet)`);
  await connection.run(`COPY (
    SELECT 'JFK' AS origin, TIMESTAMP '2013-01-01 00:30' + to_hours(h) AS departed_at, 10 * h AS dep_delay FROM range(24) r(h)
  ) TO '${inData("departures.csv")}' (HEADER)`);
  connection.closeSync();
  instance.closeSync();
}

/** Writes a release of the risk model into `deploy/risk/<version>` and answers its folder. Odd versions hold one model, even ones the other. */
export function writeRelease(
  root: string,
  version: number,
  change: (plan: Plan) => Plan = (plan) => plan,
  fixture = `risk-${version % 2 === 1 ? 1 : 2}.onnx`,
): string {
  const dir = join(root, "deploy", "risk", String(version));
  mkdirSync(dir, { recursive: true });
  const model = readFileSync(join(import.meta.dirname, "..", "..", "fixtures", fixture));
  writeFileSync(join(dir, "model.onnx"), model);
  const sha256 = createHash("sha256").update(model).digest("hex");
  const plan = change({ ...riskPlan(version), files: [{ path: "model.onnx", sha256, size: model.length }] });
  writeFileSync(join(dir, "pipeline.json"), `${JSON.stringify(plan, null, 2)}\n`);
  return dir;
}

/** The model's answer: 1 / (1 + exp(-score)), score = amount / 100 + temp / 10 + mean delay / 100 -+ 1, missing values counting 0. */
export function risk(version: number, amount: number, temp: number, meanDelay: number): number {
  const score = amount * 0.01 + temp * 0.1 + meanDelay * 0.01 + (version % 2 === 1 ? -1 : 1);
  return 1 / (1 + Math.exp(-score));
}

export function riskPlan(version: number): Plan {
  return {
    format: PLAN_FORMAT,
    name: "risk",
    version,
    run: `run-${version}`,
    createdAt: "2026-01-01T00:00:00Z",
    entities: [{ name: "origin", joinKeys: ["origin"] }],
    sources: [
      { name: "weather", path: "data/weather.parquet", sha256: null },
      { name: "departures", path: "data/departures.csv", sha256: null },
    ],
    views: [
      {
        ...{ name: "origin_weather", entity: "origin", joinKeys: ["origin"], source: "weather" },
        ...{
          timestampField: "time_hour",
          availability: "delay",
          delayUs: 0.75 * HOUR,
          ttlUs: 6 * HOUR,
          upper: "inclusive",
        },
        features: [{ kind: "latest", name: "temp", column: "temp", type: "double" }],
        materializeSql:
          "SELECT origin, epoch_us(time_hour) AS event_time, temp FROM source WHERE origin IS NOT NULL AND time_hour IS NOT NULL ORDER BY origin, event_time, temp NULLS FIRST",
      },
      {
        ...{ name: "recent_departures", entity: "origin", joinKeys: ["origin"], source: "departures" },
        ...{
          timestampField: "departed_at",
          availability: "delay",
          delayUs: 0,
          ttlUs: null,
          upper: "inclusive",
        },
        features: [
          {
            ...{ kind: "window", name: "mean_delay_3h", column: "dep_delay", function: "mean" },
            ...{ windowUs: 3 * HOUR, type: "double" },
          },
        ],
        materializeSql:
          "SELECT origin, epoch_us(departed_at) AS event_time, dep_delay FROM source ORDER BY origin, event_time",
      },
    ],
    data: [],
    model: {
      runtime: { kind: "onnx", tensor: "probabilities" },
      path: "model.onnx",
      className: "LogisticRegression",
      inputs: [
        { name: "amount", type: "double", from: "request" },
        { name: "temp", type: "double", from: "view", view: "origin_weather", feature: "temp" },
        {
          name: "mean_delay_3h",
          type: "double",
          from: "view",
          view: "recent_departures",
          feature: "mean_delay_3h",
        },
      ],
      output: {
        name: "late",
        kind: "probability",
        classes: ["False", "True"],
        positiveClass: "True",
        names: null,
      },
    },
    example: { inputs: { origin: "JFK", amount: 12.5 }, at: "2013-01-01T12:00:00Z" },
    files: [],
  };
}
