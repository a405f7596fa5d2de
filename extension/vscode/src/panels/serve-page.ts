import type { Host } from "@lookback/extension/host.ts";
import { failureOf } from "@lookback/protocol/failures.ts";
import type { NotificationMethod, Notifications, RequestMethod } from "@lookback/protocol/requests.ts";
import type { Webview } from "vscode";
import type { HostMessage, PageMessage } from "../page/messages.ts";

/** Answers a page's messages from the host and passes the server's notifications on. Returns how to stop. */
export function servePage(webview: Webview, host: Host): () => void {
  const running = new Map<number, AbortController>();
  const post = (message: HostMessage) => void webview.postMessage(message);

  const answer = async (id: number, work: (signal: AbortSignal) => Promise<unknown>) => {
    const abort = new AbortController();
    running.set(id, abort);
    try {
      const value = await work(abort.signal);
      if (!abort.signal.aborted) post({ kind: "answer", id, value });
    } catch (error) {
      if (!abort.signal.aborted) post({ kind: "failure", id, failure: failureOf(error) });
    } finally {
      running.delete(id);
    }
  };

  const hearing = webview.onDidReceiveMessage((message: PageMessage) => {
    switch (message.kind) {
      case "ask":
        void answer(message.id, (signal) => ask(host, message.method, message.params, signal));
        break;
      case "read-file":
        void answer(message.id, () => host.readFile(message.path));
        break;
      case "confirm":
        void answer(message.id, () => host.confirm(message.title, message.body, message.accept));
        break;
      case "offer":
        void answer(message.id, () => host.offer(message.message, message.action));
        break;
      case "ask-text":
        void answer(message.id, () => host.ask(message.title, message.value, message.placeholder));
        break;
      case "save-notebook":
        void answer(message.id, () => host.saveNotebook(message.name));
        break;
      case "replace-cell":
        void answer(message.id, () => host.replaceCell(...message.args));
        break;
      case "change-notebook":
        void answer(message.id, () => host.changeNotebook(...message.args));
        break;
      case "go-to":
        void answer(message.id, () => host.goTo(...message.args));
        break;
      case "cell-names":
        void answer(message.id, () => host.cellNames(...message.args));
        break;
      case "change":
        void answer(message.id, () => host.change(...message.args));
        break;
      case "restart-server":
        void answer(message.id, () => host.restartServer());
        break;
      case "cancel":
        running.get(message.id)?.abort();
        break;
      case "tell":
        tell(host, message);
        break;
    }
  });
  const passing = PASSED.map((method) =>
    host.on(method, (payload) => post({ kind: "heard", method, payload })),
  );
  return () => {
    hearing.dispose();
    for (const stop of passing) stop();
    for (const abort of running.values()) abort.abort();
  };
}

const PASSED = Object.keys({
  "lookback/findings/changed": true,
  "lookback/runs/changed": true,
  "lookback/runs/waits": true,
  "lookback/remotes/progress": true,
  "lookback/runs/reproducing": true,
  "lookback/honest/progress": true,
  "lookback/publish/progress": true,
  "lookback/deployments/changed": true,
} satisfies Record<keyof Notifications, true>) as NotificationMethod[];

/** The page is our own code behind its content policy, yet it may ask for nothing but Lookback's own methods. */
function ask(host: Host, method: string, params: unknown, signal: AbortSignal): Promise<unknown> {
  if (!method.startsWith("lookback/")) return Promise.reject(new Error(`There is no request ${method}.`));
  const request = host.request as (
    method: RequestMethod,
    params: unknown,
    signal: AbortSignal,
  ) => Promise<unknown>;
  return request(method as RequestMethod, params, signal);
}

function tell(host: Host, message: Extract<PageMessage, { kind: "tell" }>): void {
  switch (message.method) {
    case "openPanel":
      host.openPanel(...message.args);
      break;
    case "openFile":
      host.openFile(...message.args);
      break;
    case "openText":
      host.openText(...message.args);
      break;
    case "openRunCopy":
      host.openRunCopy(...message.args);
      break;
    case "openNotebookDiff":
      host.openNotebookDiff?.(...message.args);
      break;
    case "insertCell":
      host.insertCell(...message.args);
      break;
    case "measure":
      host.measure(...message.args);
      break;
    case "openRulePage":
      host.openRulePage(...message.args);
      break;
    case "notify":
      host.notify(...message.args);
      break;
    case "copy":
      host.copy(...message.args);
      break;
    default:
      message satisfies never;
  }
}
