import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { chooseSpread } from "./choose-spread.ts";
import { fetchArchive } from "./fetch-archive.ts";
import { runThirdParty } from "./run-third-party.ts";
import { notebooksOf, type ThirdPartyNotebook } from "./third-party-notebooks.ts";
import { thirdPartyPackages } from "./third-party-packages.ts";
import { shortcomings, type ThirdPartyResult, thirdPartyTable } from "./third-party-table.ts";

const python = process.env.LOOKBACK_MATRIX_PYTHON ?? "";
const words = (process.env.LOOKBACK_THIRD_PARTY_NOTEBOOKS ?? "").split(",").filter((word) => word !== "");
const cache = join(import.meta.dirname, "..", "..", "..", ".cache", "third-party");
const atOnce = 2;
/** What changes while nobody looks is run where somebody names it. */
const asksTheNet = /\bfetch_\w+\(|get_rdataset\(|urlopen|https?:\S+\.(csv|zip|dat)\b/;

it("records what the text of third-party notebooks calls, and nothing else", async () => {
  mkdirSync(cache, { recursive: true });
  const log = join(cache, "results.jsonl");
  writeFileSync(log, "");
  const queue = await chosenNotebooks();
  const results: ThirdPartyResult[] = [];
  const work = async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const result = await held(next);
      results.push(result);
      appendFileSync(log, `${JSON.stringify(result)}\n`);
      say(result);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  const order = thirdPartyPackages.map(({ name }) => name);
  results.sort((a, b) => order.indexOf(a.package) - order.indexOf(b.package));
  console.log(thirdPartyTable(results));
  expect(shortcomings(results)).toEqual([]);
});

/** What cannot be held against anything is no reason to leave the others. */
async function held(notebook: ThirdPartyNotebook): Promise<ThirdPartyResult> {
  try {
    return await runThirdParty(notebook, python, cache);
  } catch (cause) {
    const { name, package: from } = notebook;
    return { name, package: from.name, leftOut: null, outputs: [String(cause)], judged: null };
  }
}

async function chosenNotebooks(): Promise<ThirdPartyNotebook[]> {
  const chosen: ThirdPartyNotebook[][] = [];
  for (const each of thirdPartyPackages) {
    const all = notebooksOf(each, await fetchArchive(each, cache));
    const named = all.filter(({ name }) => words.some((word) => name.includes(word)));
    const offline = all.filter(({ cells }) => !asksTheNet.test(cells.join("\n")));
    chosen.push([...(words.length === 0 ? chooseSpread(offline, each.run) : named)]);
  }
  // By turns, so that the first ones say something of each.
  const most = Math.max(...chosen.map(({ length }) => length));
  return Array.from({ length: most }, (_, at) => chosen.flatMap((queue) => queue.slice(at, at + 1))).flat();
}

function say({ name, leftOut, outputs, judged }: ThirdPartyResult): void {
  const said = leftOut === null ? [...outputs, ...(judged?.faults ?? [])] : [`left out: ${leftOut}`];
  console.log(`${name}${said.map((each) => `\n  ${each}`).join("")}`);
}
