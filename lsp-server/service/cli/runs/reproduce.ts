import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { Failure } from "@lookback/kernel-bridge/failure.ts";
import type { Reproduction, ScoreOutcome } from "@lookback/kernel-bridge/ledger/reproduce/reproduction.ts";
import { findStore } from "@lookback/kernel-bridge/ledger/store/find-store.ts";
import { reproduceRun } from "../../reproduce/reproduce-run.ts";
import type { Command } from "../command.ts";
import { pythonAt, selfCommand } from "../workspace.ts";

const help = `lookback reproduce RUN [--python PATH] [--fresh-environment] [--to DIR] [--tolerance T] [--allow-outside] [--json]

Runs the cells that ran, in their order, again from the run's restored inputs in a fresh kernel, and compares what comes of it: outputs, but for
addresses and what is said of the clock; written files by their bytes, else by their rows; models; scores. Nothing of yours is written or
recorded. Cells that had run before in the same kernel run first.

  --python PATH          the Python to use; else as \`lookback run\` finds one. Packages that differ from the recorded ones are named
  --fresh-environment    in a new virtual environment of the packages that were installed then
  --to DIR               run in this empty folder, and leave it; a temporary one otherwise
  --tolerance T          scores this far apart, in proportion, are the same; 1e-9 otherwise
  --allow-outside        let cells write where they did outside the workspace

A score that differs by more is tested, two-sided, at 5 %: a mean over folds by Welch's t-test, a share of rows by the z-test of two
proportions, an AUC by Hanley and McNeil's. For others no test is known, and they differ. What could not be compared is named, and never
counts as the same.

Exit codes: 0 identical or statistically the same, 1 it differs or not all could be compared, 2 usage or failure, 130 stopped by Ctrl-C,
143 by SIGTERM.
`;

/** `lookback reproduce`: whether a run comes to the same again. */
export const reproduce: Command = {
  stop: "heeds",
  help,
  async run(argv, io) {
    const { values, positionals } = parseArgs({
      args: [...argv],
      options: {
        python: { type: "string" },
        "fresh-environment": { type: "boolean", default: false },
        to: { type: "string" },
        tolerance: { type: "string" },
        "allow-outside": { type: "boolean", default: false },
        json: { type: "boolean", default: false },
      },
      allowPositionals: true,
    });
    const [id, ...more] = positionals;
    const tolerance = values.tolerance === undefined ? undefined : Number(values.tolerance);
    if (id === undefined || more.length > 0 || (tolerance !== undefined && !(tolerance >= 0)))
      throw new Failure(
        "reproduce/usage",
        "It takes one run, and a tolerance that is a number, 0 or more. Nothing ran.",
        { advice: help },
      );
    const found = await reproduceRun(await findStore(io.cwd), id, {
      compiler: selfCommand("join", "--compile", "-"),
      env: io.env,
      python: values.python === undefined ? undefined : pythonAt(io.cwd, values.python),
      freshEnvironment: values["fresh-environment"],
      to: values.to === undefined ? undefined : resolve(io.cwd, values.to),
      allowOutside: values["allow-outside"],
      tolerance,
      signal: io.signal,
      onProgress: (step) => io.err(`${step} …\n`),
    });
    io.out(values.json ? `${JSON.stringify(found, null, 2)}\n` : sayReproduction(found));
    return found.verdict === "identical" || found.verdict === "statistically the same" ? 0 : 1;
  },
};

function sayReproduction(of: Reproduction): string {
  const where = (cell: number | null) => (cell === null ? "" : `cell ${cell}: `);
  const lines = [
    of.sentence,
    ...of.differences.map(({ cell, what }) => `  differs       ${where(cell)}${what}`),
    ...of.notCompared.map(({ what, reason }) => `  not compared  ${what}: ${reason}`),
    ...of.scores
      .filter(({ outcome }) => outcome !== "identical" && outcome !== "different")
      .map((score) => `  score         ${where(score.cell)}${sayScore(score)}`),
    ...of.remarks.map((remark) => `  ${remark}`),
  ];
  return `${lines.join("\n")}\n`;
}

function sayScore({ name, recorded, again, outcome, test }: ScoreOutcome): string {
  return `${name} ${recorded} then, ${again} now: ${outcome}${test === null ? "" : ` (${test})`}`;
}
