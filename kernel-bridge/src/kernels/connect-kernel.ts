import { randomUUID } from "node:crypto";
import { Dealer, Subscriber } from "zeromq";
import { Failure } from "../failure.ts";
import { type Answer, type AwaitedAnswer, awaitAnswer, type Grace } from "./await-answer.ts";
import { halfCharacter } from "./half-character.ts";
import { decodeMessage, encodeMessage, type JupyterMessage } from "./jupyter-message.ts";

/** How a kernel is reached, as its connection file says it: the fields of Jupyter's that are used here. */
export interface ConnectionInfo {
  readonly ip: string;
  readonly transport: string;
  readonly key: string;
  readonly shell_port: number;
  readonly iopub_port: number;
  readonly control_port: number;
}

/** A kernel that answers, over Jupyter's shell and iopub sockets. */
export interface KernelConnection {
  /**
   * Runs code and answers when the kernel is idle again. Executions queue: they run in the order of the calls.
   * Rejects with `kernels/died` when the process ends before, with `kernels/half-character` when the code holds half of a character (it
   * was not sent), and with `kernels/no-answer` when the kernel dealt with the code and will never answer.
   */
  execute(code: string, options?: ExecuteOptions): Promise<ExecuteReply>;
  /** Asks the kernel to end by itself, as every tool of Jupyter does: it writes what it holds back, and runs what was to run at its exit. False where it executes something, and would not heed it. */
  askToEnd(): boolean;
  close(): void;
}

export interface ExecuteOptions {
  /** nbformat id of the cell, for whoever observes the kernel. */
  readonly cellId?: string;
  /** True: no execution count, no history, no output. */
  readonly silent?: boolean;
  /** Each message the execution publishes, in order. */
  readonly onMessage?: (message: JupyterMessage) => void;
  /** False: the kernel runs what is queued behind even when this raises. */
  readonly stopOnError?: boolean;
}

export interface ExecuteReply {
  readonly status: "ok" | "error" | "aborted";
  readonly executionCount: number | null;
  readonly error: { readonly name: string; readonly message: string } | null;
  /** False when outputs were lost on the way. */
  readonly complete: boolean;
}

/**
 * Connects to a kernel that writes its own connection file, and waits until it answers.
 *
 * Fails with `kernels/start` when it does not within `readyMs`.
 */
export async function connectKernel(
  info: ConnectionInfo,
  gone: Promise<Failure>,
  { readyMs = 60_000, grace = { overtakenMs: 1_000, silentMs: 10_000 } }: ConnectOptions = {},
): Promise<KernelConnection> {
  const shell = new Dealer({ routingId: randomUUID(), linger: 0 });
  const iopub = new Subscriber({ linger: 0 });
  const session = randomUUID();
  const waiting = new Map<string, Waiting>();
  let closed = false;
  shell.connect(`${info.transport}://${info.ip}:${info.shell_port}`);
  iopub.connect(`${info.transport}://${info.ip}:${info.iopub_port}`);
  iopub.subscribe();

  void listen(shell, info.key, (message) => waiting.get(message.parent.msg_id ?? "")?.reply(message));
  void listen(iopub, info.key, (message) => waiting.get(message.parent.msg_id ?? "")?.publish(message));
  const failAll = (failure: Failure) => {
    for (const each of [...waiting.values()]) each.fail(failure);
    waiting.clear();
  };
  void gone.then(failAll);

  const send = (type: string, content: object, metadata: object, entry: Waiting): string => {
    const { id, frames } = encodeMessage(info.key, session, type, content, metadata);
    waiting.set(id, entry);
    if (closed) entry.fail(new Failure("kernels/closed", "The kernel was shut down. The code did not run."));
    else shell.send(frames).catch((cause: unknown) => entry.fail(notSent(cause)));
    return id;
  };
  const ask = (type: string) => {
    const awaited = awaitAnswer(grace);
    const id = send(type, {}, {}, waitingFor(awaited));
    return awaited.answer.finally(() => waiting.delete(id));
  };

  const close = (failure: Failure) => {
    if (closed) return;
    closed = true;
    failAll(failure);
    shell.close();
    iopub.close();
  };
  try {
    await ready(() => ask("kernel_info_request"), gone, readyMs);
  } catch (cause) {
    // Open sockets would keep this process alive for ever.
    close(new Failure("kernels/closed", "The kernel was not ready. The code did not run.", { cause }));
    throw cause;
  }
  waiting.clear();
  return {
    async execute(code, options = {}) {
      const half = halfCharacter(code);
      if (half !== null) throw notWhole(half);
      const silent = options.silent ?? false;
      const content = {
        code,
        silent,
        store_history: !silent,
        user_expressions: {},
        allow_stdin: false,
        stop_on_error: options.stopOnError ?? true,
      };
      const awaited = awaitAnswer(grace);
      const ids = [
        send("execute_request", content, { cellId: options.cellId }, waitingFor(awaited, options.onMessage)),
        send(
          "kernel_info_request",
          {},
          {},
          {
            reply: () => awaited.overtakenReply(),
            publish: (message) => isIdle(message) && awaited.overtakenIdle(),
            fail: () => undefined,
          },
        ),
      ];
      try {
        return replyOf(await awaited.answer);
      } finally {
        for (const id of ids) waiting.delete(id);
      }
    },
    askToEnd() {
      if (closed || waiting.size > 0) return false;
      const control = new Dealer({ routingId: randomUUID(), linger: 0 });
      control.connect(`${info.transport}://${info.ip}:${info.control_port}`);
      void gone.then(() => control.close());
      const { frames } = encodeMessage(info.key, session, "shutdown_request", { restart: false });
      control.send(frames).catch(() => undefined);
      return true;
    },
    close: () =>
      close(new Failure("kernels/closed", "The kernel was shut down. What was running did not finish.")),
  };
}

export interface ConnectOptions {
  /** How long the first answer may take, in milliseconds; 60,000 when absent. */
  readonly readyMs?: number;
  /** One second for what was overtaken and ten for a silent socket when absent. */
  readonly grace?: Grace;
}

interface Waiting {
  reply(message: JupyterMessage): void;
  publish(message: JupyterMessage): void;
  fail(failure: Failure): void;
}

function waitingFor(awaited: AwaitedAnswer, onMessage?: ExecuteOptions["onMessage"]): Waiting {
  return {
    reply: awaited.replied,
    publish(message) {
      if (isIdle(message)) return awaited.idled();
      awaited.published();
      if (message.header.msg_type !== "status") onMessage?.(message);
    },
    fail: awaited.fail,
  };
}

function isIdle({ header, content }: JupyterMessage): boolean {
  return header.msg_type === "status" && content.execution_state === "idle";
}

/** A subscription takes a moment to arrive: outputs sent before it are lost, so ask until an answer comes on both sockets. */
async function ready(
  ask: () => Promise<{ readonly complete: boolean }>,
  gone: Promise<Failure>,
  withinMs: number,
) {
  let knocking: NodeJS.Timeout | undefined;
  let late: NodeJS.Timeout | undefined;
  const answered = new Promise<void>((resolve, reject) => {
    const knock = () => void ask().then(({ complete }) => complete && resolve(), reject);
    knock();
    knocking = setInterval(knock, 250);
    late = setTimeout(() => reject(neverReady(withinMs)), withinMs);
    void gone.then(reject);
  });
  try {
    await answered;
  } finally {
    clearInterval(knocking);
    clearTimeout(late);
  }
}

function neverReady(ms: number): Failure {
  return new Failure(
    "kernels/start",
    `The kernel did not answer within ${Math.round(ms / 1000)} seconds. Nothing ran.`,
    {
      advice: "Look whether its Python prints an error: python -m ipykernel_launcher",
    },
  );
}

function notSent(cause: unknown): Failure {
  return new Failure("kernels/not-sent", "The code could not be sent to the kernel. It did not run.", {
    cause,
  });
}

function notWhole({ line, column }: { readonly line: number; readonly column: number }): Failure {
  return new Failure(
    "kernels/half-character",
    `Line ${line}, column ${column} holds half of a character, as a cut-off paste of an emoji leaves it. Python cannot read that, so the cell did not run.`,
    { advice: "Delete that character and type it anew.", data: { line, column } },
  );
}

/** A message that cannot be read is passed over: what waits for it is told by the answer to the question behind. */
async function listen(socket: AsyncIterable<Buffer[]>, key: string, hear: (message: JupyterMessage) => void) {
  try {
    for await (const frames of socket) {
      const message = decodeMessage(key, frames);
      if (message !== null) hear(message);
    }
  } catch {
    // The socket was closed under us: whoever waits was told by `close`.
  }
}

function replyOf({ reply: { content }, complete }: Answer): ExecuteReply {
  const status = content.status === "ok" || content.status === "error" ? content.status : "aborted";
  return {
    status,
    executionCount: typeof content.execution_count === "number" ? content.execution_count : null,
    error: status === "error" ? { name: String(content.ename), message: String(content.evalue) } : null,
    complete,
  };
}
