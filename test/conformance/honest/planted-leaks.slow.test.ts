import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findPython } from "@lookback/kernel-bridge/kernels/find-python.ts";
import type { HonestReport } from "@lookback/protocol/honest.ts";
import { notebook } from "@lookback/service/cli/fixture-notebook.ts";
import { honestScore } from "@lookback/service/honest/honest-score.ts";
import { expect, it } from "vitest";
import { type PlantedNotebook, plantedNotebook } from "./planted-notebook.ts";

const count = Number(process.env.LOOKBACK_HONEST_NOTEBOOKS ?? 60);
const first = Number(process.env.LOOKBACK_HONEST_SEED ?? 0);

interface Billed {
  readonly planted: PlantedNotebook;
  readonly report: HonestReport;
  /** By code without the leaks, written by hand: as written, without all, and the share of each. */
  readonly asWritten: number;
  readonly honest: number;
  readonly shares: readonly number[];
}

it(
  `bills ${count} notebooks with planted leaks as code without them, written by hand, does`,
  async () => {
    const all: Billed[] = [];
    const hasSamplers = await hasModule("imblearn");
    for (let seed = first; seed < first + count; seed++) {
      const one = await billed(plantedNotebook(seed, hasSamplers));
      all.push(one);
      // It takes the better part of an hour: whoever waits sees how it goes.
      process.stdout.write(`${one.planted.name}: ${wrong(one).join("; ") || sayShares(one)}\n`);
    }
    expect(all.flatMap(wrong)).toEqual([]);
    const ranked = all.filter(({ shares: [a = 0, b = a] }) => Math.abs(a - b) > 0.01);
    const right = ranked.filter(
      ({ report, shares: [a = 0, b = 0] }) =>
        Math.sign((report.parts[0]?.share ?? 0) - (report.parts[1]?.share ?? 0)) === Math.sign(a - b),
    );
    expect(right.length).toBeGreaterThanOrEqual(0.95 * ranked.length);
    // Each starts some five kernels.
  },
  count * 180_000,
);

function sayShares({ report, shares }: Billed): string {
  return shares.map((share, at) => `${report.parts[at]?.share} of ${share}`).join(", ");
}

async function hasModule(name: string): Promise<boolean> {
  try {
    execFileSync(await findPython(tmpdir()), ["-c", `import ${name}`], { stdio: "pipe" });
    return true;
  } catch {
    return false;
  }
}

/** What a bill has otherwise, one line each. */
function wrong({ planted, report, asWritten, honest, shares }: Billed): string[] {
  const { score, parts, unfixed } = report;
  const said: string[] = [];
  const differs = (what: string, ours: number | null | undefined, theirs: number, by: number) => {
    if (ours === null || ours === undefined || !(Math.abs(ours - theirs) <= by))
      said.push(`${planted.name}: ${what} is ${ours}, not ${theirs}`);
  };
  const rules = parts.map(({ findings }) => findings.map(({ rule }) => rule).join());
  if (rules.join(" ") !== planted.rules.join(" ") || unfixed.length > 0)
    said.push(`${planted.name}: billed are ${rules.join(" ")}, unfixed ${unfixed.map(({ rule }) => rule)}`);
  differs("as written", score?.asWritten, asWritten, 1e-12);
  differs("honest", score?.honest, honest, 0.01);
  for (const [at, share] of shares.entries()) differs(planted.rules[at]!, parts[at]?.share, share, 0.01);
  const sum = parts.reduce((all, { share }) => all + (share ?? Number.NaN), score?.honest ?? Number.NaN);
  differs("the sum", sum, asWritten, 1e-12);
  return said;
}

async function billed(planted: PlantedNotebook): Promise<Billed> {
  const root = mkdtempSync(join(tmpdir(), "lookback-planted-"));
  try {
    return await billedIn(root, planted);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

async function billedIn(root: string, planted: PlantedNotebook): Promise<Billed> {
  mkdirSync(join(root, ".lookback"));
  const python = await findPython(root);
  const runs = (code: string) =>
    execFileSync(python, ["-W", "ignore", "-c", code], { cwd: root, encoding: "utf8" });
  runs(planted.data);
  writeFileSync(join(root, "n.ipynb"), notebook(...planted.cells));
  const scores = planted.byHand.map((code) => Number(runs(code)));
  const { report } = await honestScore({
    path: join(root, "n.ipynb"),
    root,
    name: "n.ipynb",
    compiler: [],
    env: process.env,
    signal: new AbortController().signal,
    timeoutMs: 120_000,
    mostCopied: 2 ** 24,
  });
  const [asWritten = 0, one = 0, other = 0, both = one] = scores;
  const isOne = planted.rules.length === 1;
  const shares = isOne
    ? [asWritten - one]
    : [(asWritten - one + other - both) / 2, (asWritten - other + one - both) / 2];
  return { planted, report, asWritten, honest: both, shares };
}
