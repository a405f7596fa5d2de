import { expect, test } from "vitest";
import { production, within } from "../house/files.ts";
import { bundleForWorker } from "./bundle-for-worker.ts";

const modules = production.filter((path) => within(path, "lsp-server/language"));

test("everything that the text says can be found out in a browser's worker", async () => {
  expect(modules.length).toBeGreaterThan(100);
  const entry = modules.map((path, at) => {
    const inside = path.slice("lsp-server/language/".length);
    return `import * as m${at} from "./${inside}"; console.log(m${at});`;
  });
  const text = await bundleForWorker(entry.join("\n"));
  expect(text.length).toBeGreaterThan(100_000);
});

test.each([
  'import { readFileSync } from "node:fs"; console.log(readFileSync);',
  'import "@duckdb/node-api";',
])("notices %s", async (entry) => {
  await expect(bundleForWorker(entry)).rejects.toThrow(/resolve/);
});
