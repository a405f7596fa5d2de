import type { FailureData } from "@lookback/protocol/failures.ts";

/** JSON-RPC 2.0 over anything that carries whole messages. Knows nothing of sockets or of the language server. */
export interface JsonRpc {
  /** Rejects with `RequestFailure` when the other side answers an error, and when `close` comes before an answer. */
  request(method: string, params: unknown, signal?: AbortSignal): Promise<unknown>;
  notify(method: string, params: unknown): void;
  /** Takes one message in. Text that is not JSON-RPC is ignored. */
  receive(text: string): void;
  /** Rejects every request that waits for an answer. */
  close(reason: string): void;
}

/** What the other side may say unasked. A request handler's answer goes back; an unknown request is answered null. */
export interface JsonRpcListener {
  notification(method: string, params: unknown): void;
  request(method: string, params: unknown): unknown;
}

/** A request the server refused or could not finish; `data` says why in the protocol's own words. */
export class RequestFailure extends Error {
  readonly data: FailureData;

  constructor(message: string, data?: Partial<FailureData>) {
    super(message);
    this.name = "RequestFailure";
    this.data = { code: "server/failed", message, advice: "", data: {}, ...data };
  }
}

interface Message {
  readonly id?: number | string | null;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly message: string; readonly data?: Partial<FailureData> };
}

interface Waiting {
  resolve(result: unknown): void;
  reject(error: Error): void;
}

export function createJsonRpc(send: (text: string) => void, listener: JsonRpcListener): JsonRpc {
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  const post = (message: object) => send(JSON.stringify({ jsonrpc: "2.0", ...message }));

  const answer = (message: Message) => {
    const pending = waiting.get(Number(message.id));
    waiting.delete(Number(message.id));
    if (message.error === undefined) pending?.resolve(message.result);
    else pending?.reject(new RequestFailure(message.error.message, message.error.data));
  };

  return {
    request(method, params, signal) {
      if (signal?.aborted) return Promise.reject(aborted());
      lastId += 1;
      const id = lastId;
      return new Promise((resolve, reject) => {
        const cancel = () => {
          waiting.delete(id);
          post({ method: "$/cancelRequest", params: { id } });
          reject(aborted());
        };
        const settle = () => signal?.removeEventListener("abort", cancel);
        waiting.set(id, {
          resolve: (result) => {
            settle();
            resolve(result);
          },
          reject: (error) => {
            settle();
            reject(error);
          },
        });
        signal?.addEventListener("abort", cancel, { once: true });
        post({ id, method, params });
      });
    },
    notify: (method, params) => post({ method, params }),
    receive(text) {
      const message = parse(text);
      if (message === null) return;
      if (message.method === undefined) answer(message);
      else if (message.id === undefined) listener.notification(message.method, message.params);
      else post({ id: message.id, result: listener.request(message.method, message.params) ?? null });
    },
    close(reason) {
      for (const { reject } of waiting.values()) reject(new RequestFailure(reason, { code: "server/ended" }));
      waiting.clear();
    },
  };
}

function aborted(): Error {
  return new DOMException("The request was canceled.", "AbortError");
}

function parse(text: string): Message | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : null;
  } catch {
    return null;
  }
}
