import { readFile, realpath } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { Failure } from "@lookback/kernel-bridge/failure.ts";
import { layStore } from "@lookback/kernel-bridge/ledger/store/lay-store.ts";
import type { Store } from "@lookback/kernel-bridge/ledger/store/store.ts";
import type { HonestReport } from "@lookback/protocol/honest.ts";
import { honestScore } from "../../honest/honest-score.ts";
import { keepScore, originOf } from "../../honest/keep-score.ts";
import { runAsItWas } from "../../honest/run-as-it-was.ts";
import type { HeldRun } from "../../honest/run-copy.ts";
import type { Command, Io } from "../command.ts";
import { linterOf } from "../linter-of.ts";
import { pythonAt, selfCommand, storeOf } from "../workspace.ts";
import { sayHonest } from "./say-honest.ts";

const help = `lookback honest NOTEBOOK [--keep] [--python PATH] [--timeout SECONDS] [--most-copied MIB] [--json]

Makes the fixes of a notebook's leaks on copies of it, runs those in fresh kernels, and says what the score is without the leaks and what each of
them gave to it. The notebook and its files stay as they are: each copy runs in a copy of the workspace, which is thrown away. Nothing is recorded, but with --keep.

Each fix was proven on the text first; a suggestion changes more than the leak, and is named so. A share is what its fix takes away, averaged over
the orders in which the fixes can be made, every one of them for up to five; more are taken together by rule, and of more than five rules eight
orders are drawn, with a standard error. The notebook as it is runs twice, which tells how far chance alone moves its score.

  --keep                 record the run that gave the honest score, as what it is: it is never compared as if somebody had run it
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
        keep: { type: "boolean", default: false },
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
    const path = join(await realpath(dirname(given)), basename(given));
    const { report, held } = await honestScore({
      path,
      root: store.root,
      name,
      python: values.python === undefined ? undefined : pythonAt(io.cwd, values.python),
      compiler: selfCommand("join", "--compile", "-"),
      env: io.env,
      signal: io.signal,
      timeoutMs: numberOf("--timeout", values.timeout) * 1000,
      mostCopied: numberOf("--most-copied", values["most-copied"]) * 2 ** 20,
      isHeld: values.keep,
      onProgress: (step) => io.err(`${step} …\n`),
    });
    try {
      const kept = held === null ? null : await keep(store, name, path, { report, held }, io);
      if (values.json)
        io.out(`${JSON.stringify({ ...report, ...(values.keep ? { kept } : {}) }, null, 2)}\n`);
      else io.out(`${sayHonest(report)}${values.keep ? sayKept(kept) : ""}`);
    } finally {
      await held?.release();
    }
    return report.parts.length + report.unfixed.length + report.gone.length > 0 ? 1 : 0;
  },
};

/** Records the run that gave the honest score; answers its id, null where there is no such score. */
async function keep(
  store: Store,
  name: string,
  path: string,
  { report, held }: { readonly report: HonestReport; readonly held: HeldRun },
  io: Io,
): Promise<string | null> {
  const of = await runAsItWas(store, name, await readFile(path));
  const origin = originOf(report, of?.id ?? null);
  if (origin === null) return null;
  const linter = linterOf(store, io);
  const { id } = await keepScore(await layStore(store), held, { notebook: name, origin, linter });
  return id;
}

function sayKept(run: string | null): string {
  return run === null
    ? "Nothing was kept: there is no honest score.\n"
    : `Kept as run ${run}: \`lookback show ${run}\`.\n`;
}

function numberOf(option: string, text: string): number {
  const value = Number(text);
  // A timer of JavaScript holds 2^31 milliseconds: 24 days.
  if (text.trim() !== "" && value > 0 && value * 1000 < 2 ** 31) return value;
  throw new Failure("honest/usage", `${option} takes a number, more than 0; ${text} is none. Nothing ran.`, {
    advice: help,
  });
}
