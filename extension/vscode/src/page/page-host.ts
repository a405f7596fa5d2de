import type { EngineFiles, Host } from "@lookback/extension/host.ts";
import type { FailureData } from "@lookback/protocol/failures.ts";
import type { HostMessage, PageMessage } from "./messages.ts";

/** The extension as the panels of one page see it: every call is a message, every answer finds its promise by id. */
export function pageHost(post: (message: PageMessage) => void, engine: EngineFiles): Host {
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  const listeners = new Map<string, Set<(payload: unknown) => void>>();
  let last = 0;
  let served: Promise<EngineFiles> | null = null;

  window.addEventListener("message", (event: MessageEvent<HostMessage>) => {
    const message = event.data;
    if (message.kind === "heard") {
      for (const listener of listeners.get(message.method) ?? []) listener(message.payload);
      return;
    }
    const promise = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.kind === "answer") promise?.resolve(message.value);
    else promise?.reject(failureError(message.failure));
  });

  const answered = <T>(message: (id: number) => PageMessage, signal?: AbortSignal) =>
    new Promise<T>((resolve, reject) => {
      signal?.throwIfAborted();
      last += 1;
      const id = last;
      waiting.set(id, { resolve: (value) => resolve(value as T), reject });
      signal?.addEventListener("abort", () => {
        if (!waiting.delete(id)) return;
        post({ kind: "cancel", id });
        reject(new DOMException("The request was canceled.", "AbortError"));
      });
      post(message(id));
    });

  return {
    request: (method, params, signal) => answered((id) => ({ kind: "ask", id, method, params }), signal),
    on(method, listener) {
      const heard = listener as (payload: unknown) => void;
      const known = listeners.get(method) ?? new Set();
      listeners.set(method, known.add(heard));
      return () => void known.delete(heard);
    },
    readFile: (path) => answered((id) => ({ kind: "read-file", id, path })),
    engine() {
      served ??= serveAsBlobs(engine);
      return served;
    },
    confirm: (title, body, accept) => answered((id) => ({ kind: "confirm", id, title, body, accept })),
    offer: (message, action) => answered((id) => ({ kind: "offer", id, message, action })),
    ask: (title, value, placeholder) =>
      answered((id) => ({ kind: "ask-text", id, title, value, placeholder })),
    saveNotebook: (name) => answered((id) => ({ kind: "save-notebook", id, name })),
    replaceCell: (...args) => answered((id) => ({ kind: "replace-cell", id, args })),
    changeNotebook: (...args) => answered((id) => ({ kind: "change-notebook", id, args })),
    goTo: (...args) => answered((id) => ({ kind: "go-to", id, args })),
    cellNames: (...args) => answered((id) => ({ kind: "cell-names", id, args })),
    change: (...args) => answered((id) => ({ kind: "change", id, args })),
    restartServer: () => answered((id) => ({ kind: "restart-server", id })),
    openRunCopy: (...args) => post({ kind: "tell", method: "openRunCopy", args }),
    openNotebookDiff: (...args) => post({ kind: "tell", method: "openNotebookDiff", args }),
    openPanel: (...args) => post({ kind: "tell", method: "openPanel", args }),
    openFile: (...args) => post({ kind: "tell", method: "openFile", args }),
    openText: (...args) => post({ kind: "tell", method: "openText", args }),
    insertCell: (...args) => post({ kind: "tell", method: "insertCell", args }),
    measure: (...args) => post({ kind: "tell", method: "measure", args }),
    openRulePage: (...args) => post({ kind: "tell", method: "openRulePage", args }),
    notify: (...args) => post({ kind: "tell", method: "notify", args }),
    copy: (...args) => post({ kind: "tell", method: "copy", args }),
  };
}

function failureError(failure: FailureData): Error {
  return Object.assign(new Error(failure.message), { data: failure });
}

async function serveAsBlobs(engine: EngineFiles): Promise<EngineFiles> {
  const blob = async (url: string, type: string) => {
    const response = await fetch(url);
    if (!response.ok) throw new Error(`The engine's file ${url} could not be read: ${response.status}.`);
    return URL.createObjectURL(new Blob([await response.arrayBuffer()], { type }));
  };
  const [duckdbWorkerUrl, duckdbWasmUrl, parquetWasmUrl] = await Promise.all([
    blob(engine.duckdbWorkerUrl, "text/javascript"),
    blob(engine.duckdbWasmUrl, "application/wasm"),
    blob(engine.parquetWasmUrl, "application/wasm"),
  ]);
  return { duckdbWorkerUrl, duckdbWasmUrl, parquetWasmUrl };
}
