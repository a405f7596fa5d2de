import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import { parseArgs } from "node:util";
import { Failure } from "@lookback/kernel-bridge/failure.ts";
import { pythonFolder } from "@lookback/kernel-bridge/journal/observer-code.ts";
import type { Command } from "../command.ts";
import { selfCommand } from "../workspace.ts";
import { codeFor } from "./code-for.ts";
import { type StartupPlace, startupPlace } from "./startup-place.ts";

const help = `lookback observe install|remove|status [--python PATH]
lookback observe code

Records what runs in kernels that no editor of Lookback starts: papermill, nbclient, nbconvert, consoles, other editors. \`install\` writes
one file into your IPython profile, which each kernel runs as it starts; in a workspace where something was recorded before it observes
the kernel, and does nothing elsewhere. Code and notebooks stay as they are. The run is recorded once the kernel has ended, by the next
\`lookback fsck\` or when an editor opens the workspace. What goes wrong is written to a log and never stops a kernel. \`remove\` takes the
file away. \`code\` is what the file asks for.

  --python PATH   only the kernels of this Python, by a file in its environment

Exit codes: 0 done, 1 not installed (\`status\`), 2 usage or failure.
`;

/** `lookback observe`: kernels that no editor started. */
export const observe: Command = {
  help,
  async run(argv, io) {
    const { values, positionals } = parseArgs({
      args: [...argv],
      options: { python: { type: "string" } },
      allowPositionals: true,
    });
    const [what, ...more] = positionals;
    if (more.length > 0 || !["install", "remove", "status", "code"].includes(what ?? ""))
      throw new Failure("observe/usage", "It takes install, remove or status. Nothing was changed.", {
        advice: help,
      });
    if (what === "code") {
      process.stdout.write(await codeFor(io.cwd, await text(process.stdin)));
      return 0;
    }
    const place = await startupPlace(io, values.python);
    const { file, whose } = place;
    if (what === "install") {
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, await startupText(place));
      io.out(`Kernels ${whose} are observed from their start where a workspace has runs.\n  ${file}\n`);
      return 0;
    }
    const there = await readFile(file, "utf8").catch(() => null);
    if (what === "remove") {
      await rm(file, { force: true });
      io.out(there === null ? `There was no ${file}.\n` : `Removed ${file}.\n`);
      return 0;
    }
    io.out(`${there === null ? "not installed" : "installed"}: kernels ${whose}\n  ${file}\n`);
    const said = (await readFile(place.log, "utf8").catch(() => "")).trimEnd().split("\n").slice(-3);
    if (said.join("") !== "") io.out(`the last that went wrong, of ${place.log}:\n${said.join("\n")}\n`);
    return there === null ? 1 : 0;
  },
};

/** Of an installation that is gone it does nothing. */
async function startupText({ log }: StartupPlace): Promise<string> {
  const path = JSON.stringify(join(await pythonFolder(), "lookback_startup.py"));
  const settings = JSON.stringify({ command: selfCommand("observe", "code"), log });
  return [
    "# Lookback: observes kernels from their start. `lookback observe remove` takes this file away.",
    `__import__("os").path.exists(${path}) and exec(`,
    `    open(${path}, encoding="utf-8").read(),`,
    `    {"get_ipython": get_ipython, "SETTINGS": ${settings}},`,
    ")",
    "",
  ].join("\n");
}
