import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

interface Message {
  readonly id?: number | string;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string };
}

/** What a client does with the server's own requests. */
export type Manners = "never answers" | "answers with an error" | "answers null";

/** An editor that speaks bare JSON-RPC over standard input and output, and has no library behind it. */
export interface PlainClient {
  readonly server: ChildProcess;
  /** Everything the server said unasked, in order. */
  readonly heard: readonly Message[];
  request<T>(method: string, params?: unknown): Promise<T>;
  notify(method: string, params?: unknown): void;
  /** Bytes as they are, for what is no message. */
  raw(text: string): void;
  /** The next diagnostics published for a document that satisfy `want`, also those heard already. */
  published(
    uri: string,
    want?: (diagnostics: readonly Published[]) => boolean,
  ): Promise<readonly Published[]>;
  /** How the process ended. */
  readonly ended: Promise<number | null>;
}

interface Published {
  /** 1 error, 2 warning, 3 information. */
  readonly severity?: number;
  readonly code: string;
  readonly message: string;
  readonly range: { readonly start: Position; readonly end: Position };
}

interface Position {
  readonly line: number;
  readonly character: number;
}

/** Bundles the server into a folder of its own, as it ships. Answers its entry. */
export async function bundledServer(): Promise<string> {
  const root = join(import.meta.dirname, "..", "..");
  const build: string = pathToFileURL(join(root, "lsp-server", "service", "build.mjs")).href;
  const { buildServer } = await import(build);
  return join(await buildServer(join(root, ".cache", `server-${process.pid}`)), "lookback.mjs");
}

/** Starts the server of this entry and connects to it. */
export function plainClient(entry: string, cwd: string, manners: Manners = "never answers"): PlainClient {
  const server = spawn(process.execPath, [entry, "lsp", "--stdio"], {
    cwd,
    stdio: ["pipe", "pipe", "ignore"],
  });
  const heard: Message[] = [];
  const waiting = new Map<number, { resolve(value: never): void; reject(error: Error): void }>();
  let last = 0;
  const raw = (text: string) => void server.stdin.write(text);
  const post = (message: object) => {
    const body = JSON.stringify({ jsonrpc: "2.0", ...message });
    raw(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  };
  const ended = new Promise<number | null>((resolve) => server.once("exit", resolve));
  void ended.then((code) => {
    for (const { reject } of waiting.values()) reject(new Error(`The server ended with ${code}.`));
  });

  messagesFrom(server, (message) => {
    if (message.method === undefined) {
      const asker = waiting.get(Number(message.id));
      if (message.error) asker?.reject(new Error(message.error.message));
      else asker?.resolve(message.result as never);
      return;
    }
    heard.push(message);
    if (message.id === undefined || manners === "never answers") return;
    const { id } = message;
    if (manners === "answers null") post({ id, result: null });
    else post({ id, error: { code: -32601, message: `${message.method} is not known here.` } });
  });

  return {
    server,
    heard,
    raw,
    ended,
    request: (method, params) =>
      new Promise((resolve, reject) => {
        last += 1;
        waiting.set(last, { resolve: resolve as (value: never) => void, reject });
        post({ id: last, method, params });
      }),
    notify: (method, params) => post({ method, params }),
    async published(uri, want = () => true) {
      for (let waited = 0; waited < 10_000; waited += 20) {
        const said = heard.flatMap(({ method, params }) => {
          if (method !== "textDocument/publishDiagnostics") return [];
          const { uri: of, diagnostics } = params as { uri: string; diagnostics: Published[] };
          return of === uri ? [diagnostics] : [];
        });
        const newest = said.at(-1);
        if (newest !== undefined && want(newest)) return newest;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      throw new Error(`Nothing that was wanted was published for ${uri}: ${JSON.stringify(heard)}`);
    },
  };
}

function messagesFrom(server: ChildProcess, take: (message: Message) => void): void {
  let bytes = Buffer.alloc(0);
  server.stdout?.on("data", (chunk: Buffer) => {
    bytes = Buffer.concat([bytes, chunk]);
    for (;;) {
      const end = bytes.indexOf("\r\n\r\n");
      const length = Number(/content-length: (\d+)/i.exec(bytes.subarray(0, end).toString())?.[1]);
      if (end === -1 || bytes.length < end + 4 + length) return;
      take(JSON.parse(bytes.subarray(end + 4, end + 4 + length).toString()));
      bytes = bytes.subarray(end + 4 + length);
    }
  });
}
