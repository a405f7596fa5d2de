/**
 * How long a person waits for a join preview once the engine has started: the demo's 336,776 flights against hourly
 * weather and the departures window, in DuckDB-WASM in headless Chromium, with the panel's own modules. The peer is
 * DuckDB's plain ASOF join of the same tables in the same page. Budget: 3 s with weather alone.
 *
 * `node test/bench/preview.mjs [rounds] [--steps]`
 */
import { createReadStream, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { chromium } from "playwright-core";
import { demoIsIncomplete, prepareDemo } from "../../extension/jupyterlab/launch/demo-workspace.mjs";
import { anew, bundleCode, bundleOf, root } from "./setup/bundle.mjs";
import { within } from "./setup/times.mjs";

const budgetMs = 3_000;
const rounds = Number(process.argv[2] ?? 3) || 3;
const demo = join(root, ".cache", "bench-demo");

const source = join(root, "extension", "demo");
const interpreter = process.env.LOOKBACK_PYTHON ?? join(root, ".venv", "bin", "python");
if (demoIsIncomplete(source, demo)) await prepareDemo(source, demo, interpreter, () => {});

const notebook = readFileSync(join(source, "late-flight.ipynb"), "utf8");
const compile = await compiler();
const plans = {
  weather: await compile(notebook.replace(/^.*departures:mean_dep_delay_3h.*\n/m, "")),
  "weather and departures": await compile(notebook),
};
const server = await serve();
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu"],
});
const page = await browser.newPage();
page.on("pageerror", (error) => console.error(error));
await page.goto(`http://127.0.0.1:${server.address().port}/`);
for (const [name, plan] of Object.entries(plans)) {
  const times = [];
  for (let round = 0; round < rounds; round++) times.push(await page.evaluate((it) => preview(it), plan));
  const best = times.reduce((least, each) => (each.total < least.total ? each : least));
  console.log(`${name}: ${times.map(({ total }) => total.toFixed(0)).join(", ")} ms, one after the other`);
  console.log(
    `  best: ${best.total.toFixed(0)} ms (read ${best.read.toFixed(0)}, load ${best.load.toFixed(0)}, ` +
      `join ${best.join.toFixed(0)}, count ${best.count.toFixed(0)}, first rows ${best.rows.toFixed(0)}), ` +
      `${(best.total / best.plain).toFixed(1)} × plain ASOF (${best.plain.toFixed(0)} ms)`,
  );
  if (process.argv.includes("--steps"))
    for (const { sql, ms } of best.steps) console.log(`  ${ms.toFixed(0).padStart(5)} ms  ${sql}`);
  if (name === "weather") {
    console.log(
      `${name} / budget ${(best.total / budgetMs).toFixed(2)}${best.total > budgetMs ? "  over budget" : ""}`,
    );
    within(best.total, budgetMs);
  }
}
await browser.close();
server.close();

/** Compiles the notebook's training set as the language server does. */
async function compiler() {
  const { loadTrainingSet, readDefinitions, compilePreview, loadPython, readNotebook } = await anew(
    await bundleOf({
      "lsp-server/service/files/load-training-set.ts": "loadTrainingSet",
      "lsp-server/language/features/read/read-definitions.ts": "readDefinitions",
      "lsp-server/language/join/preview/compile-preview.ts": "compilePreview",
      "lsp-server/service/files/load-python.ts": "loadPython",
      "lsp-server/language/notebook/read-notebook.ts": "readNotebook",
    }),
  );
  const python = await loadPython();
  return async (text) => {
    const definitions = readDefinitions([readNotebook(text, "late-flight.ipynb").value], python);
    const { set } = await loadTrainingSet(definitions, "late_flights", demo);
    return compilePreview(set, { pathOf: ({ path }) => path, relationOf: ({ path }) => path, digest: "" });
  };
}

/** A page with the panel's modules, the engine's files and the demo's data, on loopback. */
async function serve() {
  const panel = (path) => JSON.stringify(join(root, "extension", "panels", path));
  const page = await bundleCode(
    `
        import { openEngineSession } from ${panel("engine/engine.ts")};
        import { loadTables } from ${panel("engine/load-tables.ts")};
        import { readFiles } from ${panel("engine/read-files.ts")};
        import { pageSql } from ${panel("join-preview/preview-query.ts")};
        const at = (path) => new URL(path, location.href).href;
        const files = { duckdbWorkerUrl: at("worker.js"), duckdbWasmUrl: at("duckdb.wasm"), parquetWasmUrl: at("parquet.wasm") };
        const host = {
          engine: async () => files,
          readFile: async (path) => new Uint8Array(await (await fetch(at(path))).arrayBuffer()),
        };
        window.preview = async (plan) => {
          const session = await openEngineSession(host);
          const { signal } = new AbortController();
          const steps = [];
          const marks = [performance.now()];
          const mark = () => marks.push(performance.now());
          const read = await readFiles(host, plan.tables, () => {}, signal);
          mark();
          await loadTables(session, plan.tables, read, signal);
          mark();
          for (const sql of plan.statements) {
            const began = performance.now();
            await session.run(sql);
            steps.push({ sql: sql.split("\\n")[0], ms: performance.now() - began });
          }
          mark();
          await session.query(plan.factsSql);
          mark();
          await session.query(pageSql(plan, plan.features[0], { onlyLeaked: false, entity: null }, 0, 200));
          mark();
          await session.run(\`CREATE TABLE plain AS SELECT s.row_id, x.* FROM s ASOF LEFT JOIN v0 x ON s.k0 = x.k0 AND s.t >= x.t\`);
          mark();
          await session.close();
          const [readMs, load, join, count, rows, plain] = marks.slice(1).map((each, index) => each - marks[index]);
          return { total: readMs + load + join + count + rows, read: readMs, load, join, count, rows, plain, steps };
        };`,
    {
      ...{ format: "iife", platform: "browser", target: "es2022", external: [], banner: {} },
      define: { "import.meta.url": "location.href" },
    },
  );
  const require = createRequire(import.meta.url);
  const duckdb = dirname(require.resolve("@duckdb/duckdb-wasm"));
  const served = {
    "/page.js": [page, "text/javascript"],
    "/worker.js": [join(duckdb, "duckdb-browser-eh.worker.js"), "text/javascript"],
    "/duckdb.wasm": [join(duckdb, "duckdb-eh.wasm"), "application/wasm"],
    "/parquet.wasm": [
      join(root, "node_modules", "parquet-wasm", "esm", "parquet_wasm_bg.wasm"),
      "application/wasm",
    ],
  };
  const listening = createServer(({ url }, response) => {
    if (url === "/")
      return response.setHeader("Content-Type", "text/html").end('<script src="page.js"></script>');
    const [path, type] = served[url] ?? [join(demo, "data", basename(url)), "application/octet-stream"];
    response.setHeader("Content-Type", type);
    createReadStream(path)
      .on("error", () => response.writeHead(404).end())
      .pipe(response);
  });
  return new Promise((started) => listening.listen(0, "127.0.0.1", () => started(listening)));
}
