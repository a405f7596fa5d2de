import { realpath } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { Failure } from "@lookback/kernel-bridge/failure.ts";
import { honestScore } from "../../honest/honest-score.ts";
import type { Command } from "../command.ts";
import { pythonAt, selfCommand, storeOf } from "../workspace.ts";
import { sayHonest } from "./say-honest.ts";

const help = `lookback honest NOTEBOOK [--python PATH] [--timeout SECONDS] [--most-copied MIB] [--json]

Makes the fixes of a notebook's leaks on copies of it, runs those in fresh kernels, and says what the score is without the leaks and what each of
them gave to it. The notebook and its files stay as they are: each copy runs in a copy of the workspace, which is thrown away. Nothing is recorded.

Each fix was proven on the text first; a suggestion changes more than the leak, and is named so. A share is what its fix takes away, averaged over
the orders in which the fixes can be made, every one of them for up to five; more are taken together by rule, and of more than five rules eight
orders are drawn, with a standard error. The notebook as it is runs twice, which tells how far chance alone moves its score.

  --python PATH          the Python to use; else as \`lookback run\` finds one
  --timeout SECONDS      the longest that one copy may take; 600 otherwise
  --most-copied MIB      the most of the workspace that may be copied; 2048 otherwise

Exit codes: 0 no leak was found, 1 there are leaks, 2 usage or failure, 130 stopped by Ctrl-C, 143 by SIGTERM.
`;

/** `lookback honest`: the score without the leaks, and what the score is made of. */
export const honest: Command = {
  stop: "heeds",
  help,
  async run(argv, io) {
    const { values, positionals } = parseArgs({
      args: [...argv],
      options: {
        python: { type: "string" },
        timeout: { type: "string", default: "600" },
        "most-copied": { type: "string", default: "2048" },
        json: { type: "boolean", default: false },
      },
      allowPositionals: true,
    });
    const [file, ...more] = positionals;
    if (file === undefined || more.length > 0 || !file.endsWith(".ipynb"))
      throw new Failure("honest/usage", "It takes one notebook. Nothing ran.", { advice: help });
    const given = resolve(io.cwd, file);
    const { store, name } = await storeOf(given);
    const report = await honestScore({
      path: join(await realpath(dirname(given)), basename(given)),
      root: store.root,
      name,
      python: values.python === undefined ? undefined : pythonAt(io.cwd, values.python),
      compiler: selfCommand("join", "--compile", "-"),
      env: io.env,
      signal: io.signal,
      timeoutMs: numberOf("--timeout", values.timeout) * 1000,
      mostCopied: numberOf("--most-copied", values["most-copied"]) * 2 ** 20,
      onProgress: (step) => io.err(`${step} …\n`),
    });
    io.out(values.json ? `${JSON.stringify(report, null, 2)}\n` : sayHonest(report));
    return report.parts.length + report.unfixed.length + report.gone.length > 0 ? 1 : 0;
  },
};

function numberOf(option: string, text: string): number {
  const value = Number(text);
  // A timer of JavaScript holds 2^31 milliseconds: 24 days.
  if (text.trim() !== "" && value > 0 && value * 1000 < 2 ** 31) return value;
  throw new Failure("honest/usage", `${option} takes a number, more than 0; ${text} is none. Nothing ran.`, {
    advice: help,
  });
}
