import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Frame } from "playwright-core";

/** What axe-core finds of serious or critical impact inside `selector`, each as its rule and the elements at fault. */
export async function axeViolations(frame: Frame, selector: string): Promise<string[]> {
  await frame.evaluate(source);
  const run = `axe.run(${JSON.stringify(selector)}, { resultTypes: ["violations"] })`;
  const { violations } = await frame.evaluate<AxeResults>(run);
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(", ")}`);
}

interface AxeResults {
  readonly violations: readonly {
    readonly id: string;
    readonly impact: string | null;
    readonly nodes: readonly { readonly html: string }[];
  }[];
}

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
