import { join, relative, resolve } from "node:path";
import { parseArgs } from "node:util";
import { counted } from "@lookback/kernel-bridge/counted.ts";
import { Failure } from "@lookback/kernel-bridge/failure.ts";
import { pipelineClient } from "@lookback/pipeline/serve/client.ts";
import type { GateState } from "@lookback/protocol/publish.ts";
import { loadPython } from "../../files/load-python.ts";
import { planPublish } from "../../publish/plan-publish.ts";
import { publish as publishNotebook } from "../../publish/publish.ts";
import type { PublishContext } from "../../publish/publish-context.ts";
import type { Command } from "../command.ts";
import { pythonAt, selfCommand, storeOf } from "../workspace.ts";

const help = `lookback publish NOTEBOOK [--name NAME] [--model VARIABLE] [--dry-run] [--no-deploy] [--python PATH]

Checks a notebook that has been run, packages it into deploy/NAME/VERSION, commits and tags that, and serves it on this machine.

  --name NAME       what to call it; the notebook's name otherwise
  --model VARIABLE  which of the fitted models; the last that has a name otherwise
  --dry-run         say what would ship, and do nothing
  --no-deploy       write, commit and tag, but do not serve
  --python PATH     the Python to check it with

Exit codes: 0 published, 1 a check failed (nothing was written), 2 usage or failure.
`;

/** `lookback publish`: the same checks and the same release as the button. */
export const publish: Command = {
  stop: "heeds",
  help,
  async run(argv, io) {
    const { values, positionals } = parseArgs({
      args: [...argv],
      options: {
        name: { type: "string" },
        model: { type: "string" },
        "dry-run": { type: "boolean", default: false },
        "no-deploy": { type: "boolean", default: false },
        python: { type: "string" },
      },
      allowPositionals: true,
    });
    const [file, ...more] = positionals;
    if (file === undefined || more.length > 0)
      throw new Failure("publish/usage", "It takes one notebook. Nothing was published.", { advice: help });
    const path = resolve(io.cwd, file);
    const { store, name: notebook } = await storeOf(path);
    const client = pipelineClient(join(store.dir, "pipeline"));
    const context: PublishContext = {
      store,
      python: await loadPython(),
      compiler: selfCommand("join", "--compile", "-"),
      pipeline: values["no-deploy"] ? null : { client, spawn: selfCommand("pipeline", "serve") },
      env: io.env,
      now: () => new Date(),
      ...(values.python === undefined ? {} : { kernelPython: pythonAt(io.cwd, values.python) }),
    };
    const { plan } = await planPublish(context, notebook, { model: values.model });
    const name = values.name ?? plan.name;
    for (const obstacle of plan.obstacles) io.err(`${obstacle}\n`);
    if (plan.obstacles.length > 0) {
      io.err("Nothing was published.\n");
      return 1;
    }
    const ships = plan.cells.filter((cell) => cell.ships).length;
    io.out(
      `${name} version ${plan.version}${plan.model === null ? "" : `, the model ${plan.model.variable}`}: ${ships} of ${counted(plan.cells.length, "cell")} ${ships === 1 ? "ships" : "ship"}\n`,
    );
    if (values["dry-run"]) {
      for (const cell of plan.cells)
        io.out(`  ${cell.ships ? "ships" : "stays"}  ${cell.firstLine}  (${cell.why})\n`);
      return 0;
    }
    const said = new Set<string>();
    const result = await publishNotebook(context, {
      notebook,
      name,
      version: plan.version,
      ...(values.model === undefined ? {} : { model: values.model }),
      ...(plan.run === null ? {} : { run: plan.run.id }),
      signal: io.signal,
      onProgress: (gates) => {
        for (const gate of gates) {
          if (said.has(gate.id) || gate.state === "waiting" || gate.state === "running") continue;
          said.add(gate.id);
          io.out(sayGate(gate));
        }
      },
    });
    if (!result.published) {
      io.err("A check failed. Nothing was written, committed or deployed.\n");
      return 1;
    }
    io.out(
      `${relative(io.cwd, join(store.root, result.path))}${result.tag === null ? "" : `, tag ${result.tag}`}\n`,
    );
    if (result.deployed)
      io.out(`Serving at ${result.url}; \`lookback pipeline status\` shows how to call it.\n`);
    return 0;
  },
};

function sayGate({ state, title, evidence, detail }: GateState): string {
  const mark = { passed: "✓", failed: "✗", warned: "!", waiting: "○", running: "…" }[state];
  const more =
    state === "passed" || detail === null
      ? ""
      : `${detail
          .split("\n")
          .map((line) => `    ${line}`)
          .join("\n")}\n`;
  return `${mark} ${title}: ${evidence}\n${more}`;
}
