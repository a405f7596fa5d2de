import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { analyze } from "@lookback/language/leakage/analyze.ts";
import { readNotebook } from "@lookback/language/notebook/read-notebook.ts";
import { loadPython } from "@lookback/service/files/load-python.ts";
import { loadSql } from "@lookback/service/files/load-sql.ts";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { root } from "../house/files.ts";
import { bundleForWorker } from "../worker/bundle-for-worker.ts";
import { launchChromium } from "./jupyterlab-session.ts";

const require = createRequire(import.meta.url);
const demo = "late-flight-leaky.ipynb";
const texts = [
  [demo, readFileSync(join(root, "extension", "demo", demo), "utf8")],
  [
    "query.py",
    `import duckdb
sales = pd.read_csv("sales.csv")
df = duckdb.sql("SELECT more, lead(sold) OVER (ORDER BY day) AS next FROM sales").df()
train, test = df[:800], df[800:]
print(Ridge().fit(train[["next"]], train["more"]).score(test[["next"]], test["more"]))
`,
  ],
] as const;

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

test.each(texts)("a real worker of a real browser finds what the server finds: %s", async (name, text) => {
  const worker = await bundleForWorker(`
    import { analyze } from "./leakage/analyze.ts";
    import { loadPython } from "./notebook/python.ts";
    import { readNotebook } from "./notebook/read-notebook.ts";
    import { sqlOf } from "./sql/sql.ts";

    self.onmessage = async ({ data }) => {
      const python = await loadPython(async (file) => new Uint8Array(await (await fetch(file)).arrayBuffer()));
      const parser = await import(new URL("sqlparser_rs_wasm.js", self.location).href);
      await parser.default();
      const sql = sqlOf(parser.parse_sql);
      const { value } = readNotebook(data, ${JSON.stringify(name)});
      self.postMessage(analyze(value, { python, sql }).findings.map(({ rule, cellId, range }) => ({ rule, cellId, range })));
    };`);
  const files: Record<string, { body: string | Buffer; contentType: string }> = {
    "/": { body: "<!doctype html>", contentType: "text/html" },
    "/worker.js": { body: worker, contentType: "text/javascript" },
  };
  for (const file of ["web-tree-sitter/tree-sitter.wasm", "tree-sitter-python/tree-sitter-python.wasm"]) {
    const body = readFileSync(require.resolve(file));
    files[`/${file.split("/")[1]}`] = { body, contentType: "application/wasm" };
  }
  const parser = join(root, "node_modules", "@guanmingchiu", "sqlparser-ts", "wasm");
  for (const [file, contentType] of [
    ["sqlparser_rs_wasm.js", "text/javascript"],
    ["sqlparser_rs_wasm_bg.wasm", "application/wasm"],
  ] as const)
    files[`/${file}`] = { body: readFileSync(join(parser, file)), contentType };
  const page = await browser.newPage();
  await page.route("http://localhost/**", (route) => {
    const file = files[new URL(route.request().url()).pathname];
    return file === undefined ? route.abort() : route.fulfill(file);
  });
  await page.goto("http://localhost/");
  const found = await page.evaluate(
    (source) =>
      new Promise((resolve, reject) => {
        const worker = new Worker("/worker.js", { type: "module" });
        worker.onmessage = ({ data }) => resolve(data);
        worker.onerror = (event) => reject(new Error(event.message));
        worker.postMessage(source);
      }),
    text,
  );
  const { value } = readNotebook(text, name);
  const { findings } = analyze(value, { python: await loadPython(), sql: await loadSql() });
  expect(findings.length).toBeGreaterThan(0);
  expect(found).toEqual(findings.map(({ rule, cellId, range }) => ({ rule, cellId, range })));
});
