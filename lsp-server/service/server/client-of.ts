import type { NotificationMethod, Notifications } from "@lookback/protocol/requests.ts";
import type { PublishDiagnosticsParams } from "vscode-languageserver";
import type { Connection } from "vscode-languageserver/node";
import type { World } from "./world.ts";

/** The client of a session as the server speaks to it. It may refuse, never answer, or be gone: that is logged, and costs nothing else. */
export interface Client {
  notify<N extends NotificationMethod>(method: N, payload: Notifications[N]): void;
  publish(diagnostics: PublishDiagnosticsParams): void;
  /** Asks for something whose answer says nothing. Call only what the client said it can do. */
  ask(method: string): void;
}

/** The client at the other end of a connection. */
export function clientOf(connection: Connection, log: World["log"]): Client {
  // Sending may throw at once or reject later: inside a promise it is the same.
  const send = (method: string, work: () => Promise<unknown>) =>
    void Promise.resolve()
      .then(work)
      .catch((error: unknown) => log("warning", "not taken by the client", { method, error: String(error) }));
  return {
    notify: (method, payload) => send(method, () => connection.sendNotification(method, payload)),
    publish: (diagnostics) =>
      send("textDocument/publishDiagnostics", () => connection.sendDiagnostics(diagnostics)),
    ask: (method) => send(method, () => connection.sendRequest(method)),
  };
}
