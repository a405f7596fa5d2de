import { addAbortSignal } from "node:stream";
import { buffer } from "node:stream/consumers";
import { version } from "../version.ts";
import type { Command, Io } from "./command.ts";
import { commandList, commands } from "./commands.ts";
import { heedStop, type StopRequests } from "./heed-stop.ts";
import { printable } from "./printable.ts";
import { sayFailure } from "./say-failure.ts";

// Whoever reads may stop reading, as `head` does: what was asked for is done all the same.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
}
process.exitCode = await main(process.argv.slice(2));

/** Runs one command. Exit codes: 0 done, 1 done with findings, 2 usage or failure. */
async function main(argv: readonly string[]): Promise<number> {
  const [name, ...rest] = argv;
  if (name === undefined || name === "--help" || name === "-h" || name === "help") {
    process.stdout.write(overview());
    return name === undefined ? 2 : 0;
  }
  if (name === "--version") {
    process.stdout.write(`${version}\n`);
    return 0;
  }
  const entry = commands.find((each) => each.name === name);
  if (entry === undefined) {
    process.stderr.write(`There is no command \`${printable(name)}\`. Nothing was done.\n\n${overview()}`);
    return 2;
  }
  const command = await entry.load();
  if (rest.includes("--help") || rest.includes("-h")) {
    process.stdout.write(`${command.help.trimEnd()}\n`);
    return 0;
  }
  return run(command, rest);
}

async function run(command: Command, argv: readonly string[]): Promise<number> {
  const requests = heedStop(
    command.stop,
    (signal, heard) => process.on(signal, heard),
    (code) => process.exit(code),
  );
  try {
    return requests.exitCode(await command.run(argv, io(requests)));
  } catch (error) {
    process.stderr.write(printable(sayFailure(error, command)));
    return requests.exitCode(2);
  }
}

function io({ signal, insist }: StopRequests): Io {
  return {
    cwd: process.cwd(),
    env: process.env,
    out: (text) => void process.stdout.write(printable(text)),
    err: (text) => void process.stderr.write(printable(text)),
    input: () => buffer(addAbortSignal(signal, process.stdin)),
    signal,
    insist,
  };
}

function overview(): string {
  return `lookback: remembers every run, never looks ahead, ships the notebook\n\n${commandList("lookback")}\n\`lookback COMMAND --help\` says more.\n`;
}
