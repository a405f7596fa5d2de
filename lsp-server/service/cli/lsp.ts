import {
  createConnection,
  ProposedFeatures,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver/node";
import { startServer } from "../server/start-server.ts";
import type { World } from "../server/world.ts";
import type { Command } from "./command.ts";
import { selfCommand } from "./workspace.ts";

const help = `lookback lsp --stdio

The language server, for editors. Speaks the Language Server Protocol on standard input and output; logs are structured, on standard error.
`;

/** `lookback lsp`: serves one editor until it closes its end. */
export const lsp: Command = {
  help,
  async run(_argv, io) {
    const reader = new StreamMessageReader(process.stdin);
    const writer = new StreamMessageWriter(process.stdout);
    const log = logTo(io.err);
    // A bug costs what it happens in, never the editor's session: what nobody caught is logged.
    for (const event of ["uncaughtException", "unhandledRejection"] as const) {
      process.on(event, (error: unknown) =>
        log("error", "bug", { stack: error instanceof Error ? error.stack : String(error) }),
      );
    }
    const connection = createConnection(ProposedFeatures.all, reader, writer);
    startServer(connection, {
      compiler: selfCommand("join", "--compile", "-"),
      pipeline: selfCommand("pipeline", "serve"),
      ...(io.env.LOOKBACK_PYTHON === undefined ? {} : { kernelPython: io.env.LOOKBACK_PYTHON }),
      log,
    });
    await new Promise<void>((resolve) => {
      connection.onExit(resolve);
      process.stdin.once("end", resolve);
      process.stdin.once("close", resolve);
    });
    process.exit(0);
  },
};

function logTo(write: (line: string) => void): World["log"] {
  return (level, event, data = {}) =>
    write(`${JSON.stringify({ at: new Date().toISOString(), level, event, ...data })}\n`);
}
