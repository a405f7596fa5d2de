import { URLExt } from "@jupyterlab/coreutils";
import { ServerConnection } from "@jupyterlab/services";
import { crashLimit } from "@lookback/extension/hosts/crash-limit.ts";
import { serverGone, serverGoneNotice, serverUnavailable } from "@lookback/extension/hosts/server-gone.ts";
import type { ServerState } from "@lookback/extension/hosts/status-words.ts";
import type { ClientOptions } from "@lookback/protocol/findings.ts";
import type {
  NotificationMethod,
  Notifications,
  Params,
  RequestMethod,
  Result,
} from "@lookback/protocol/requests.ts";
import { type ISignal, Signal } from "@lumino/signaling";
import { clientCapabilities } from "./client-capabilities.ts";
import { createJsonRpc, type JsonRpc, RequestFailure } from "./json-rpc.ts";

/** The language server as the plugin sees it: one object for the life of the page, however often the socket drops. */
export interface LanguageServer {
  /** `starting` until the first answer; `lost` while it reconnects; `unavailable` when it cannot start, `stopped` when it ended too often (`problem` says why). */
  readonly state: ServerState;
  readonly problem: string | null;
  /** The workspace as a file URI without trailing slash; null before the first `ready`. */
  readonly rootUri: string | null;
  readonly stateChanged: ISignal<object, void>;
  /** A fresh server has initialized and knows nothing: open every document again. */
  readonly started: ISignal<object, void>;
  /** A server's request to look at everything again (`workspace/diagnostic/refresh`, `workspace/codeLens/refresh`). */
  readonly refreshAsked: ISignal<object, "diagnostics" | "codeLens">;
  /** Waits a moment while the server starts or reconnects. Rejects with advice when it has stopped, cannot start or does not come back. */
  request<M extends RequestMethod>(method: M, params: Params<M>, signal?: AbortSignal): Promise<Result<M>>;
  /** A request of the language server protocol itself. */
  ask<T>(method: string, params: object, signal?: AbortSignal): Promise<T>;
  /** Said only to a live server: what it misses, `started` makes good. */
  notify(method: string, params: object): void;
  on<M extends NotificationMethod>(method: M, listener: (payload: Notifications[M]) => void): () => void;
  /** Starts a server that has stopped or could not start, and ends one that runs. Resolves when it is ready; rejects when it does not get there. */
  restart(): Promise<void>;
}

/** Longer than any start; then whoever waits is told instead. */
const PATIENCE_MS = 20_000;
const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 30_000;

export function connectLanguageServer(settings: ServerConnection.ISettings): LanguageServer {
  const listeners = new Map<string, Set<(payload: never) => void>>();
  let rpc: JsonRpc | null = null;
  let waiters: { resolve(rpc: JsonRpc): void; reject(error: Error): void }[] = [];
  let retryMs = FIRST_RETRY_MS;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let current: { readonly socket: WebSocket; readonly rpc: JsonRpc } | null = null;
  let attempt = 0;
  const crashes = crashLimit();

  const server = {
    state: "starting" as LanguageServer["state"],
    problem: null as string | null,
    rootUri: null as string | null,
    async ask<T>(method: string, params: object, signal?: AbortSignal): Promise<T> {
      return (await (await live()).request(method, params, signal)) as T;
    },
    request<M extends RequestMethod>(method: M, params: Params<M>, signal?: AbortSignal) {
      return server.ask<Result<M>>(method, params, signal);
    },
    notify: (method: string, params: object) => rpc?.notify(method, params),
    on<M extends NotificationMethod>(method: M, listener: (payload: Notifications[M]) => void) {
      const group = listeners.get(method) ?? new Set();
      listeners.set(method, group.add(listener));
      return () => void group.delete(listener);
    },
  };
  const stateChanged = new Signal<object, void>(server);
  const started = new Signal<object, void>(server);
  const refreshAsked = new Signal<object, "diagnostics" | "codeLens">(server);

  const become = (state: LanguageServer["state"], problem: string | null) => {
    if (server.state === state && server.problem === problem) return;
    server.state = state;
    server.problem = problem;
    stateChanged.emit();
  };

  const live = () => {
    if (rpc !== null && server.state === "ready") return Promise.resolve(rpc);
    if (server.state === "unavailable") return Promise.reject(unavailable(server.problem));
    if (server.state === "stopped") return Promise.reject(gone());
    return new Promise<JsonRpc>((resolve, reject) => {
      const patience = setTimeout(() => {
        waiters = waiters.filter((each) => each !== waiter);
        reject(away());
      }, PATIENCE_MS);
      const done = <T>(settleWith: (value: T) => void) => {
        return (value: T) => {
          clearTimeout(patience);
          settleWith(value);
        };
      };
      const waiter = { resolve: done(resolve), reject: done(reject) };
      waiters.push(waiter);
    });
  };

  const settle = (deliver: (waiter: (typeof waiters)[number]) => void) => {
    const now = waiters;
    waiters = [];
    for (const waiter of now) deliver(waiter);
  };

  const again = () => {
    clearTimeout(retry);
    retry = setTimeout(open, retryMs);
    retryMs = Math.min(retryMs * 2, LONGEST_RETRY_MS);
  };

  const open = async () => {
    attempt += 1;
    const mine = attempt;
    const status = await readStatus(settings);
    // Somebody asked for another start meanwhile: two servers would be one too many.
    if (mine !== attempt) return;
    if ("away" in status) {
      become("lost", status.away);
      again();
      return;
    }
    if (status.problem !== null) {
      become("unavailable", status.problem);
      settle((waiter) => waiter.reject(unavailable(status.problem)));
      return;
    }
    const socket = openSocket(settings);
    const asked = createJsonRpc((text) => socket.readyState === socket.OPEN && socket.send(text), {
      notification(method, params) {
        for (const listener of listeners.get(method) ?? []) listener(params as never);
      },
      request(method) {
        if (method === "workspace/diagnostic/refresh") refreshAsked.emit("diagnostics");
        if (method === "workspace/codeLens/refresh") refreshAsked.emit("codeLens");
        return method === "workspace/configuration" ? [] : null;
      },
    });
    current = { socket, rpc: asked };
    const isCurrent = () => current?.socket === socket;
    socket.onmessage = (event) => asked.receive(String(event.data));
    socket.onclose = ({ code }) => {
      asked.close("The language server ended before it answered.");
      if (!isCurrent()) return;
      rpc = null;
      // A connection that broke is not the server's doing: it is sought for as long as the page is open.
      if (code === SERVER_ENDED && !crashes.ended(Date.now())) {
        become("stopped", serverGoneNotice);
        settle((waiter) => waiter.reject(gone()));
        return;
      }
      become("lost", "The language server ended; starting it again.");
      again();
    };
    socket.onopen = async () => {
      server.rootUri = status.rootUri;
      try {
        await asked.request("initialize", {
          processId: null,
          rootUri: status.rootUri,
          workspaceFolders: [{ uri: status.rootUri, name: "workspace" }],
          capabilities: clientCapabilities,
          clientInfo: { name: "JupyterLab" },
          initializationOptions: {
            asksReason: true,
            measures: true,
            showsRulePages: true,
            explainsFindings: true,
          } satisfies ClientOptions,
        });
      } catch {
        socket.close();
        return;
      }
      if (!isCurrent()) return;
      asked.notify("initialized", {});
      rpc = asked;
      retryMs = FIRST_RETRY_MS;
      become("ready", null);
      // Documents first: whoever waits may ask about them.
      started.emit();
      settle((waiter) => waiter.resolve(asked));
    };
  };
  const restart = async () => {
    const old = current;
    current = null;
    // Whoever waits is told now: a socket that hangs may take long to close.
    old?.rpc.close("The language server was started anew before it answered.");
    old?.socket.close();
    clearTimeout(retry);
    crashes.reset();
    rpc = null;
    retryMs = FIRST_RETRY_MS;
    become("starting", null);
    void open();
    await live();
  };
  void open();
  return Object.assign(server, { stateChanged, started, refreshAsked, restart });
}

/** How Jupyter's side closes a socket whose server has ended by itself. */
const SERVER_ENDED = 4002;

interface Status {
  readonly rootUri: string;
  readonly problem: string | null;
}

/** `away`: it is not known, and why. */
async function readStatus(settings: ServerConnection.ISettings): Promise<Status | { readonly away: string }> {
  try {
    const url = URLExt.join(settings.baseUrl, "lookback", "status");
    const response = await ServerConnection.makeRequest(url, {}, settings);
    if (response.ok) return (await response.json()) as Status;
    if (response.status === 404)
      return { rootUri: "", problem: "Lookback's server extension is not enabled." };
    return { away: `Jupyter Server answers ${response.status}.` };
  } catch {
    return { away: "Jupyter Server does not answer." };
  }
}

function openSocket(settings: ServerConnection.ISettings): WebSocket {
  const url = URLExt.join(settings.wsUrl, "lookback", "lsp");
  const token =
    settings.appendToken && settings.token !== "" ? `?token=${encodeURIComponent(settings.token)}` : "";
  return new settings.WebSocket(url + token);
}

function unavailable(problem: string | null): RequestFailure {
  const failure = serverUnavailable(problem);
  return new RequestFailure(failure.message, failure);
}

function gone(): RequestFailure {
  return new RequestFailure(serverGone.message, serverGone);
}

function away(): RequestFailure {
  return new RequestFailure("Lookback's server does not answer. Nothing was done.", {
    code: "server/away",
    advice: "It is connected again as soon as Jupyter Server is there. Then try again.",
  });
}
