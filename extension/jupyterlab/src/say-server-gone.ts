import { Notification } from "@jupyterlab/apputils";
import { failureText } from "@lookback/protocol/failures.ts";
import type { LanguageServer } from "./connection/language-server.ts";

/** Says that the server is gone for good, or cannot start, and offers to start it again. */
export function sayServerGone(server: LanguageServer): void {
  let said: string | undefined;
  const restart = () =>
    void server.restart().catch((error: unknown) => {
      Notification.error(failureText(error), { autoClose: false });
    });
  server.stateChanged.connect(() => {
    // Without an id every notification would go, other people's too.
    if (said !== undefined) Notification.dismiss(said);
    said = undefined;
    if (server.state !== "stopped" && server.state !== "unavailable") return;
    said = Notification.error(server.problem ?? "Lookback's server has stopped.", {
      autoClose: false,
      actions: [{ label: "Restart server", callback: restart, displayType: "accent" }],
    });
  });
}
