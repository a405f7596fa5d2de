/**
 * One-row predictions by entity key, features looked up online among 26,280 hourly and 336,000 departure rows, 16 at a time;
 * beside a bare Fastify route that answers as many bytes, in the same process and the same run.
 * Budget: 10 ms at the 99th percentile.
 *
 * `node test/bench/serve.mjs [requests]`
 */
import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { Agent, request } from "node:http";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { bundleCode, root as repository } from "./setup/bundle.mjs";
import { quantile } from "./setup/times.mjs";
import { workspace } from "./setup/workspace.mjs";

const budgetMs = 10;
const requests = Number(process.argv[2] ?? 20_000);
const concurrency = 16;

const root = workspace();
const serve = join(repository, "pipeline", "src", "serve");
const children = [];
try {
  await writeData();
  const bundle = await bundleCode(
    `
        import Fastify from "fastify";
        import { startServer } from ${JSON.stringify(join(serve, "start-server.ts"))};
        import { writeRelease } from ${JSON.stringify(join(serve, "fixture-release.ts"))};
        const root = process.argv[2];
        const server = await startServer({ stateDir: root + "/state", workspaceRoot: root, port: 0 });
        const began = performance.now();
        const path = writeRelease(root, 1);
        const headers = { authorization: "Bearer " + server.token, "content-type": "application/json" };
        const deployed = await fetch(server.url + "/v1/deploy", { method: "POST", headers, body: JSON.stringify({ path }) });
        if (!deployed.ok) throw new Error(await deployed.text());
        const deployMs = performance.now() - began;
        const bare = Fastify();
        const answer = { text: "x".repeat(750) };
        bare.post("/bare", async () => answer);
        const bareUrl = await bare.listen({ host: "127.0.0.1", port: 0 });
        process.send({ url: server.url, token: server.token, bareUrl, deployMs });`,
    { define: { "import.meta.dirname": JSON.stringify(serve) } },
  );
  const child = spawn(process.execPath, [bundle, root], { stdio: ["ignore", "inherit", "inherit", "ipc"] });
  children.push(child);
  const { url, token, bareUrl, deployMs } = await new Promise((resolve, reject) => {
    child.once("message", resolve);
    child.once("exit", (code) => reject(new Error(`The server ended with ${code}.`)));
  });
  console.log(`deployed, views materialized   ${deployMs.toFixed(0)} ms`);

  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const predict = { url: `${url}/v1/predict`, headers, body: predictBody };
  const bare = { url: `${bareUrl}/bare`, headers, body: predictBody };
  await load(predict, 2000);
  await load(bare, 2000);
  const bareFirst = await load(bare, requests / 2);
  const ours = await load(predict, requests);
  const bareLast = await load(bare, requests / 2);
  const floor = summary([...bareFirst.times, ...bareLast.times], bareFirst.seconds + bareLast.seconds);
  const found = summary(ours.times, ours.seconds);
  console.log(`bare route                     ${line(floor)}`);
  console.log(`predict                        ${line(found)}, ${ours.failed} failed`);
  console.log(
    `ratio                          p50 ${(found.p50 / floor.p50).toFixed(2)}, p99 ${(found.p99 / floor.p99).toFixed(2)}`,
  );
  const busy = floor.p99 > budgetMs / 2;
  const kept = found.p99 <= budgetMs && ours.failed === 0;
  const verdict = kept ? "kept" : busy ? "not judged: the machine is busy, see the bare route" : "MISSED";
  console.log(`budget p99 <= ${budgetMs} ms          ${verdict}`);
  process.exitCode = kept || (busy && ours.failed === 0) ? 0 : 1;
} finally {
  for (const child of children) child.kill();
}

async function writeData() {
  mkdirSync(join(root, "data"));
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  await connection.run(`COPY (
    SELECT origin, TIMESTAMP '2013-01-01' + to_hours(h) AS time_hour, (h % 90)::DOUBLE AS temp
    FROM range(8760) r(h), (VALUES ('JFK'), ('LGA'), ('EWR')) o(origin)
  ) TO '${join(root, "data", "weather.parquet")}' (FORMAT parquet)`);
  await connection.run(`COPY (
    SELECT origin, TIMESTAMP '2013-01-01' + to_seconds(m * 281) AS departed_at, (m * 7919) % 180 - 20 AS dep_delay
    FROM range(112000) r(m), (VALUES ('JFK'), ('LGA'), ('EWR')) o(origin)
  ) TO '${join(root, "data", "departures.csv")}' (HEADER)`);
  connection.closeSync();
}

function predictBody(i) {
  const at = new Date(Date.UTC(2013, 0, 2) + ((i * 7_919) % 520_000) * 60_000).toISOString();
  return JSON.stringify({
    name: "risk",
    inputs: { origin: ["JFK", "LGA", "EWR"][i % 3], amount: i % 100 },
    at,
  });
}

/** Sends `count` requests, `concurrency` at a time over as many connections; times in milliseconds. */
async function load(target, count) {
  const agent = new Agent({ keepAlive: true, maxSockets: concurrency });
  const times = [];
  let next = 0;
  let failed = 0;
  const began = performance.now();
  const client = async () => {
    while (next < count) {
      const body = target.body(next++);
      const sent = performance.now();
      if ((await post(target, agent, body)) !== 200) failed += 1;
      times.push(performance.now() - sent);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, client));
  agent.destroy();
  return { times, failed, seconds: (performance.now() - began) / 1000 };
}

function post({ url, headers }, agent, body) {
  return new Promise((resolve, reject) => {
    const sent = request(url, {
      method: "POST",
      agent,
      headers: { ...headers, "content-length": Buffer.byteLength(body) },
    });
    sent.once("error", reject);
    sent.once("response", (response) => {
      response.resume();
      response.once("end", () => resolve(response.statusCode));
    });
    sent.end(body);
  });
}

function summary(times, seconds) {
  return { p50: quantile(times), p99: quantile(times, 0.99), rate: times.length / seconds };
}

function line({ p50, p99, rate }) {
  return `p50 ${p50.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms, ${Math.round(rate).toLocaleString("en-US")}/s`;
}
