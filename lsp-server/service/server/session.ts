import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { watchRuns } from "@lookback/kernel-bridge/ledger/read/watch-runs.ts";
import { recoverRuns } from "@lookback/kernel-bridge/ledger/record/recover-runs.ts";
import { openStore, type Store } from "@lookback/kernel-bridge/ledger/store/open-store.ts";
import { diagnose } from "@lookback/language/features/assist/diagnose.ts";
import type { Schema } from "@lookback/language/features/files/schema.ts";
import type { DefinitionProblem, Definitions } from "@lookback/language/features/model.ts";
import { readDefinitions } from "@lookback/language/features/read/read-definitions.ts";
import { type Analysis, analyze, type Cache, createCache } from "@lookback/language/leakage/analyze.ts";
import type { Python } from "@lookback/language/notebook/python.ts";
import type { Connection } from "vscode-languageserver/node";
import { loadPython } from "../files/load-python.ts";
import { readSchema } from "../files/read-schema.ts";
import type { ClientAbilities } from "./client-abilities.ts";
import { type Client, clientOf } from "./client-of.ts";
import { diagnosticsOf } from "./diagnostics-of.ts";
import { type Documents, followDocuments, type Snapshot } from "./documents.ts";
import { type EditorNames, editorNames } from "./editor-names.ts";
import { linterAt } from "./linter-at.ts";
import { neighborsOf } from "./neighbors.ts";
import { publishDiagnostics } from "./publish-diagnostics.ts";
import { schemaCache } from "./schema-cache.ts";
import type { World } from "./world.ts";

/** One editor's session: its open documents, and what is known of each. Everything derived belongs to a snapshot, so that nothing can go stale. */
export interface Session {
  readonly world: World;
  readonly python: Python;
  readonly documents: Documents;
  readonly client: Client;
  /** The findings of a snapshot, computed once. No I/O. */
  analysis(snapshot: Snapshot): Analysis;
  /** The definitions a snapshot can see: its own and those of the scripts beside it. No I/O. */
  definitions(snapshot: Snapshot): Definitions;
  /** Columns of a data file named in a snapshot, as far as known now. */
  schemaOf(snapshot: Snapshot, path: string): Schema | null;
  /** What is wrong with the definitions of a snapshot and the files they name. */
  problems(snapshot: Snapshot): readonly DefinitionProblem[];
  /** What was last said of each document, by URI: an edit may change what is to be said of another cell. */
  readonly answered: Map<string, string>;
  /** Asks the editor to ask again, soon. */
  askAgain(): void;
  /** Looks again at the data files that were named: one may just have been written. */
  refreshSchemas(): void;
  /** The ledger of this workspace. */
  store(): Promise<Store>;
  /** How this editor's names of files relate to the ledger's. */
  names(): Promise<EditorNames>;
  /** Tells the editor of a run, once, whoever recorded it. */
  tellOfRun(id: string): void;
  start(): void;
  stop(): void;
}

/** Opens a session with a client of these abilities; the Python grammar is loaded before the first request is answered. */
export async function openSession(
  connection: Connection,
  world: World,
  able: ClientAbilities,
): Promise<Session> {
  const client = clientOf(connection, world.log);
  const python = await loadPython();
  const documents = followDocuments(connection);
  const neighbors = neighborsOf(() => refresh());
  const schemas = schemaCache(readSchema, () => refresh());
  const analyses = new WeakMap<Snapshot, Dated<Analysis>>();
  const known = new WeakMap<Snapshot, Dated<Definitions>>();
  const caches = new Map<string, Cache>();
  let generation = 0;
  let scheduled: NodeJS.Timeout | undefined;
  let store: Promise<Store> | null = null;
  const told = new Set<string>();
  let unwatch = () => {};
  let stopped = false;

  const askAgain = () => {
    clearTimeout(scheduled);
    scheduled = setTimeout(() => {
      if (able.refreshesDiagnostics) client.ask("workspace/diagnostic/refresh");
      if (able.refreshesCodeLenses) client.ask("workspace/codeLens/refresh");
    }, 50);
    publisher?.soon();
  };
  const refresh = () => {
    generation++;
    askAgain();
  };
  const storeOnce = () => {
    // One that could not be opened is tried again the next time.
    store ??= openStore(world.root).catch((cause: unknown) => {
      store = null;
      throw cause;
    });
    return store;
  };

  const tellOfRun = (id: string) => {
    if (told.has(id)) return;
    told.add(id);
    client.notify("lookback/runs/changed", { id });
  };

  /** What a server or an editor that was killed left behind. */
  const recover = () => {
    void storeOnce()
      .then((opened) => recoverRuns(opened, linterAt(opened.root, world.log)))
      .then((runs) => {
        for (const { id } of runs) tellOfRun(id);
      })
      .catch((error: unknown) => world.log("error", "not recovered", { error: String(error) }));
  };

  /** What another window, another editor or the command line records. */
  const follow = () => {
    void storeOnce()
      .then(async (opened) => {
        const stop = await watchRuns(opened, tellOfRun);
        if (stopped) stop();
        else unwatch = stop;
      })
      .catch((error: unknown) =>
        world.log("warning", "not following other writers", { error: String(error) }),
      );
  };

  documents.onChange((uri, closed) => {
    if (closed) caches.delete(uri);
    else neighbors.look(folderOf(uri));
    publisher?.soon();
  });

  const schemaOf = (snapshot: Snapshot, path: string) => schemas.get(resolve(folderOf(snapshot.uri), path));
  const cacheOf = (uri: string): Cache => {
    const cache = caches.get(uri) ?? createCache();
    caches.set(uri, cache);
    return cache;
  };
  /** What depends on files is computed anew when a file has changed. */
  const current = <T>(memo: WeakMap<Snapshot, Dated<T>>, snapshot: Snapshot, compute: () => T): T => {
    const done = memo.get(snapshot);
    if (done?.generation === generation) return done.value;
    const value = compute();
    memo.set(snapshot, { generation, value });
    return value;
  };
  const definitions = (snapshot: Snapshot) =>
    current(known, snapshot, () => {
      const folder = folderOf(snapshot.uri);
      return readDefinitions([...neighbors.of(folder, snapshot.uri), snapshot.notebook], python);
    });

  const session: Session = {
    world,
    python,
    documents,
    client,
    definitions,
    schemaOf,
    analysis: (snapshot) =>
      current(analyses, snapshot, () =>
        analyze(snapshot.notebook, {
          python,
          schemaOf: (path) => schemaOf(snapshot, path),
          cache: cacheOf(snapshot.uri),
          ...(snapshot.order ? { order: snapshot.order } : {}),
        }),
      ),
    problems: (snapshot) =>
      diagnose(definitions(snapshot), {
        schemaOf: (path) => schemaOf(snapshot, path),
        missing: (path) => schemas.isMissing(resolve(folderOf(snapshot.uri), path)),
      }),
    refreshSchemas: () => schemas.refresh(),
    answered: new Map(),
    askAgain,
    store: storeOnce,
    names: async () => editorNames(await storeOnce(), world.root),
    tellOfRun,
    start: () => {
      refresh();
      recover();
      follow();
    },
    stop: () => {
      stopped = true;
      unwatch();
      clearTimeout(scheduled);
      publisher?.stop();
    },
  };
  const publisher = able.pullsDiagnostics
    ? null
    : publishDiagnostics(
        connection,
        documents.all,
        (snapshot, uri) => diagnosticsOf(session, snapshot, uri),
        world.log,
      );
  return session;
}

interface Dated<T> {
  readonly generation: number;
  readonly value: T;
}

/** The folder of a document; the working folder for one that was never saved. */
export function folderOf(uri: string): string {
  return uri.startsWith("file:") ? dirname(fileURLToPath(uri)) : process.cwd();
}
