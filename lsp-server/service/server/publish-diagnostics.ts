import type { Diagnostic } from "vscode-languageserver";
import type { Connection } from "vscode-languageserver/node";
import { type Snapshot, urisOf } from "./documents.ts";
import type { World } from "./world.ts";

/** Tells a client that does not ask what is wrong in its open documents. */
export interface DiagnosticsPublisher {
  /** Looks at every open document a moment from now; however often it is called, once. */
  soon(): void;
  stop(): void;
}

/**
 * Publishes each document's diagnostics when they differ from what was last said of it, the first time also when there
 * are none, and an empty list once it is gone: an edit in one cell may change what is true of another.
 */
export function publishDiagnostics(
  connection: Connection,
  open: () => readonly Snapshot[],
  diagnosticsOf: (snapshot: Snapshot, uri: string) => Diagnostic[],
  log: World["log"],
): DiagnosticsPublisher {
  const said = new Map<string, string>();
  let timer: NodeJS.Timeout | undefined;

  const say = (uri: string, diagnostics: Diagnostic[], version: number | null) => {
    const text = JSON.stringify(diagnostics);
    if (said.get(uri) === text) return;
    said.set(uri, text);
    void connection
      .sendDiagnostics({ uri, diagnostics, ...(version === null ? {} : { version }) })
      .catch(() => said.delete(uri));
  };
  const look = () => {
    timer = undefined;
    const live = new Set<string>();
    for (const snapshot of open()) {
      // A cell has a version of its own, which a snapshot of the whole notebook does not keep.
      const version = snapshot.kind === "script" ? snapshot.version : null;
      for (const uri of urisOf(snapshot)) {
        live.add(uri);
        try {
          say(uri, diagnosticsOf(snapshot, uri), version);
        } catch (error) {
          // What was last said stays: nobody waits for this answer, so only the log can hold the bug.
          log("error", "bug", { uri, stack: error instanceof Error ? error.stack : String(error) });
        }
      }
    }
    for (const uri of [...said.keys()].filter((known) => !live.has(known))) {
      say(uri, [], null);
      said.delete(uri);
    }
  };
  return {
    soon() {
      timer ??= setTimeout(look, SETTLE_MS);
    },
    stop: () => clearTimeout(timer),
  };
}

/** Long enough that a typist is not chased. */
const SETTLE_MS = 100;
