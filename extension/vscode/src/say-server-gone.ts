import { commands, type Disposable, window } from "vscode";
import type { Server } from "./language-client.ts";

/** Says that the server is gone for good, or could not start, and offers to start it again. */
export function sayServerGone(server: Server): Disposable {
  const look = async () => {
    if (server.state !== "stopped" && server.state !== "unavailable") return;
    const chosen = await window.showErrorMessage(server.problem ?? "", "Restart Server", "Show Log");
    if (chosen === "Restart Server") await commands.executeCommand("lookback.restart-server");
    if (chosen === "Show Log") await commands.executeCommand("lookback.show-log");
  };
  void look();
  return server.onState(() => void look());
}
