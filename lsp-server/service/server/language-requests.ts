import type { Connection } from "vscode-languageserver/node";
import { codeActions } from "./requests/code-action.ts";
import { codeLenses } from "./requests/code-lens.ts";
import { completions } from "./requests/completion.ts";
import { diagnostics } from "./requests/diagnostic.ts";
import { hover } from "./requests/hover.ts";
import type { Session } from "./session.ts";

/** Answers the requests of the Language Server Protocol itself. One that fails is logged and answers nothing: an editor goes on without. */
export function languageRequests(connection: Connection, current: () => Session): void {
  const safely =
    <P, R>(name: string, nothing: R, answer: (session: Session, params: P) => R) =>
    (params: P): R => {
      const session = current();
      try {
        return answer(session, params);
      } catch (error) {
        session.world.log("error", "bug", {
          request: name,
          stack: error instanceof Error ? error.stack : String(error),
        });
        return nothing;
      }
    };
  connection.languages.diagnostics.on(safely("diagnostic", { kind: "full", items: [] }, diagnostics));
  connection.onCompletion(safely("completion", null, completions));
  connection.onHover(safely("hover", null, hover));
  connection.onCodeAction(safely("codeAction", [], codeActions));
  connection.onCodeLens(safely("codeLens", [], codeLenses));
}
