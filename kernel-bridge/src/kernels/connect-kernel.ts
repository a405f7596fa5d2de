import { randomUUID } from "node:crypto";
import { Dealer, Subscriber } from "zeromq";
import { Failure } from "../failure.ts";
import { decodeMessage, encodeMessage, type JupyterMessage } from "./jupyter-message.ts";

export interface ConnectionInfo {
  readonly ip: string;
  readonly transport: string;
  readonly key: string;
  readonly shell_port: number;
  readonly iopub_port: number;
}

export interface KernelConnection {
  /**
   * Runs code and answers when the kernel is idle again. Executions queue: they run in the order of the calls.
   * Rejects with `kernels/died` when the process ends before.
   */
  execute(code: string, options?: ExecuteOptions): Promise<ExecuteReply>;
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
}

/** Connects to a kernel that writes its own connection file, and waits until it answers. */
export async function connectKernel(info: ConnectionInfo, gone: Promise<Failure>): Promise<KernelConnection> {
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

  const ask = (type: string, content: object, metadata: object, onMessage?: ExecuteOptions["onMessage"]) =>
    new Promise<JupyterMessage>((resolve, reject) => {
      const { id, frames } = encodeMessage(info.key, session, type, content, metadata);
      let reply: JupyterMessage | null = null;
      let idle = false;
      const settle = () => {
        if (reply === null || !idle) return;
        waiting.delete(id);
        resolve(reply);
      };
      waiting.set(id, {
        reply(message) {
          reply = message;
          settle();
        },
        publish(message) {
          if (message.header.msg_type === "status") {
            idle = message.content.execution_state === "idle";
            settle();
          } else onMessage?.(message);
        },
        fail: reject,
      });
      if (closed) reject(new Failure("kernels/closed", "The kernel was shut down. The code did not run."));
      else shell.send(frames).catch(reject);
    });

  await ready(ask, gone);
  return {
    async execute(code, options = {}) {
      const silent = options.silent ?? false;
      const content = {
        code,
        silent,
        store_history: !silent,
        user_expressions: {},
        allow_stdin: false,
        stop_on_error: options.stopOnError ?? true,
      };
      const reply = await ask("execute_request", content, { cellId: options.cellId }, options.onMessage);
      return replyOf(reply);
    },
    close() {
      if (closed) return;
      closed = true;
      failAll(new Failure("kernels/closed", "The kernel was shut down. What was running did not finish."));
      shell.close();
      iopub.close();
    },
  };
}

interface Waiting {
  reply(message: JupyterMessage): void;
  publish(message: JupyterMessage): void;
  fail(failure: Failure): void;
}

/** A subscription takes a moment to arrive: outputs sent before it are lost, so ask until an answer comes on both sockets. */
async function ready(
  ask: (type: string, content: object, metadata: object) => Promise<unknown>,
  gone: Promise<Failure>,
) {
  let timer: NodeJS.Timeout | undefined;
  const answered = new Promise<void>((resolve, reject) => {
    const knock = () => void ask("kernel_info_request", {}, {}).then(() => resolve(), reject);
    knock();
    timer = setInterval(knock, 250);
    void gone.then(reject);
  });
  try {
    await answered;
  } finally {
    clearInterval(timer);
  }
}

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

function replyOf({ content }: JupyterMessage): ExecuteReply {
  const status = content.status === "ok" || content.status === "error" ? content.status : "aborted";
  return {
    status,
    executionCount: typeof content.execution_count === "number" ? content.execution_count : null,
    error: status === "error" ? { name: String(content.ename), message: String(content.evalue) } : null,
  };
}
