import type { Diagnostic } from "vscode-languageserver";
import { diagnosticsOf } from "./diagnostics-of.ts";
import { urisOf } from "./documents.ts";
import type { Session } from "./session.ts";
import { settingsDiagnostics } from "./settings-diagnostics.ts";

/**
 * Tells a client that does not ask what is wrong in its open documents, a moment after there may be something new. Each
 * document's diagnostics are said when they differ from what was last said of it, the first time also when there are none,
 * and an empty list once it is gone: an edit in one cell may change what is true of another.
 */
export function publishDiagnostics(session: Session): void {
  const said = new Map<string, string>();
  let waiting = false;

  const say = (uri: string, diagnostics: Diagnostic[], version: number | null) => {
    const text = JSON.stringify(diagnostics);
    if (said.get(uri) === text) return;
    said.set(uri, text);
    session.client.publish({ uri, diagnostics, ...(version === null ? {} : { version }) });
  };
  const look = () => {
    waiting = false;
    const live = new Set<string>();
    for (const snapshot of session.documents.all()) {
      // A cell has a version of its own, which a snapshot of the whole notebook does not keep.
      const version = snapshot.kind === "script" ? snapshot.version : null;
      for (const uri of urisOf(snapshot)) {
        live.add(uri);
        try {
          say(uri, diagnosticsOf(session, snapshot, uri), version);
        } catch (error) {
          // What was last said stays: nobody waits for this answer, so only the log can hold the bug.
          session.world.log("error", "bug", {
            uri,
            stack: error instanceof Error ? error.stack : String(error),
          });
        }
      }
    }
    for (const uri of session.documents.settingsFiles()) {
      live.add(uri);
      say(uri, settingsDiagnostics(session.documents.settingsText(uri) ?? ""), null);
    }
    for (const uri of [...said.keys()].filter((known) => !live.has(known))) {
      say(uri, [], null);
      said.delete(uri);
    }
  };
  session.onNews(() => {
    if (waiting) return;
    waiting = true;
    setTimeout(look, SETTLE_MS);
  });
}

/** Long enough that a typist is not chased. */
const SETTLE_MS = 100;
