/**
 * What the point-in-time join costs above DuckDB's plain ASOF join: a million moments against a million feature rows,
 * natively, as ratios inside one process. Budget: 3 times plain ASOF for a latest
 * value; 6 times for a window, which needs two such joins and a sum to either side of each event.
 *
 * `node test/bench/join.mjs [rows]`
 */
import { DuckDBInstance } from "@duckdb/node-api";
import { anew, bundleOf } from "./setup/bundle.mjs";
import { timed, within } from "./setup/times.mjs";

const rows = Number(process.argv[2] ?? 1_000_000);
const entities = 10_000;
const dayUs = 86_400_000_000;
const { viewSteps, withSteps } = await anew(
  await bundleOf({
    "lsp-server/language/join/steps/view-steps.ts": "viewSteps",
    "lsp-server/language/join/steps/compile-training-set.ts": "withSteps",
  }),
);

const connection = await (await DuckDBInstance.create(":memory:")).connect();
await connection.run("SELECT setseed(0.42)");
const keyAndTime = `CAST(random() * ${entities} AS BIGINT) AS k0, CAST(random() * ${30 * dayUs} AS BIGINT) AS t`;
await connection.run(`CREATE TABLE s AS SELECT i AS row_id, ${keyAndTime} FROM range(${rows}) x(i)`);
await connection.run(`CREATE TABLE f AS SELECT ${keyAndTime}, CAST(random() * ${31 * dayUs} AS BIGINT) AS c, random() AS x0
  FROM range(${rows}) x(i)`);

const base = {
  id: "v",
  spine: "s",
  relation: "f",
  keys: ["k0"],
  has: { created: false, sequence: false, sign: false },
  availability: { mode: "delay", delayUs: dayUs / 24 },
  upper: "inclusive",
  ttlUs: 7 * dayUs,
  values: ["x0"],
  windows: [],
};
const week = {
  output: "w0",
  column: "x0",
  number: "float",
  function: "mean",
  edge: { kind: "continuous", windowUs: 7 * dayUs },
};
const created = {
  ...base,
  availability: { mode: "created", delayUs: 0 },
  has: { ...base.has, created: true },
};

const plain = await secondsOf("SELECT s.row_id, f.x0 FROM s ASOF LEFT JOIN f ON s.k0 = f.k0 AND s.t >= f.t");
console.log(
  `plain ASOF, ${rows.toLocaleString("en")} × ${rows.toLocaleString("en")} rows: ${plain.toFixed(2)} s`,
);
await report("latest value, delay and time to live", base, 3);
await report("latest value, by created time", created, 3);
await report("7-day trailing mean", { ...base, values: [], windows: [week] }, 6);

async function report(name, view, budget) {
  const { steps, results } = viewSteps(view);
  const seconds = await secondsOf(`${withSteps(steps)} SELECT * FROM ${results[0]}`);
  const ratio = seconds / plain;
  console.log(`${name}: ${ratio.toFixed(2)} × plain ASOF (${seconds.toFixed(2)} s), budget ${budget} ×`);
  within(ratio, budget);
}

/** The best of three, so that a busy machine counts less. */
async function secondsOf(sql) {
  let best = Number.POSITIVE_INFINITY;
  for (let turn = 0; turn < 3; turn++) {
    const took = await timed(() => connection.run(`CREATE OR REPLACE TABLE answer AS ${sql}`));
    best = Math.min(best, took / 1000);
  }
  return best;
}
