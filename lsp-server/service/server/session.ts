import { dirname, isAbsolute, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { diagnose } from "@lookback/language/features/assist/diagnose.ts";
import type { Schema } from "@lookback/language/features/files/schema.ts";
import type { DefinitionProblem, Definitions } from "@lookback/language/features/model.ts";
import { readDefinitions } from "@lookback/language/features/read/read-definitions.ts";
import {
  type Analysis,
  analyze,
  type Cache,
  createCache,
  forkOf,
} from "@lookback/language/leakage/analyze.ts";
import type { Finding } from "@lookback/language/leakage/finding.ts";
import { fixAll, type Offered, offeredFixes } from "@lookback/language/leakage/fixes/proven-fixes.ts";
import { definitionsRule } from "@lookback/language/leakage/known-rules.ts";
import { importsOwnFiles } from "@lookback/language/leakage/modules/imports-own-files.ts";
import { isShown } from "@lookback/language/leakage/settings/judge.ts";
import type { Layer } from "@lookback/language/leakage/settings/settings.ts";
import type { Notebook } from "@lookback/language/notebook/notebook.ts";
import type { Python } from "@lookback/language/notebook/python.ts";
import type { Sql } from "@lookback/language/sql/sql.ts";
import type { WorkspaceFoldersChangeEvent } from "vscode-languageserver";
import type { Connection } from "vscode-languageserver/node";
import { linterAt } from "../files/linter-at.ts";
import { loadPython } from "../files/load-python.ts";
import { loadSqlFor } from "../files/load-sql.ts";
import { readSchema } from "../files/read-schema.ts";
import type { LintSettingsAt } from "../files/settings/lint-settings-at.ts";
import type { ClientAbilities } from "./client-abilities.ts";
import { type Client, clientOf } from "./client-of.ts";
import { type Documents, followDocuments, type Snapshot } from "./documents.ts";
import { followEditorSettings } from "./editor-settings.ts";
import type { Folders } from "./folders.ts";
import { type HeldScores, heldScores } from "./held-scores.ts";
import { type Ledgers, openLedgers } from "./ledgers.ts";
import { type MeasuredFindings, measuredFindings } from "./measured-findings.ts";
import { neighborsOf } from "./neighbors.ts";
import { followRuns } from "./runs-followed.ts";
import { schemaCache } from "./schema-cache.ts";
import { settingsCache } from "./settings-cache.ts";
import type { World } from "./world.ts";

/** One editor's session: its open documents, and what is known of each. Everything derived belongs to a snapshot, so that nothing can go stale. */
export interface Session {
  readonly world: World;
  readonly python: Python;
  readonly documents: Documents;
  readonly client: Client;
  /** What runs the cells, as the client calls itself; null when it does not say. */
  readonly startedFrom: string | null;
  /** Whether the editor asks for the reason of an allowance by itself. */
  readonly asksReason: boolean;
  /** Whether the editor settles findings by counts in a kernel. */
  readonly measures: boolean;
  /** What was counted so. */
  readonly measured: MeasuredFindings;
  /** The editor shows an edit before it is made, where it is told to. */
  readonly confirmsEdits: boolean;
  /** The editor shows what cannot be done, and why. */
  readonly showsDisabled: boolean;
  /** Whether it shows the pages of rules. */
  readonly showsRulePages: boolean;
  /** Whether it shows a finding on a page of its own. */
  readonly explainsFindings: boolean;
  /** The findings of a snapshot, computed once. No I/O. */
  analysis(snapshot: Snapshot): Analysis;
  /** The fixes of a finding of a snapshot that hold, tried once, or why there is none. No I/O. */
  fixes(snapshot: Snapshot, finding: Finding): Offered;
  /** Every automatic fix of a snapshot, one after the other: the notebook as it is then. */
  fixedAll(snapshot: Snapshot): Notebook;
  /** What its findings are held against, as far as known now. No I/O. */
  lintSettings(snapshot: Snapshot): LintSettingsAt;
  /** What the editor says of rules, below every `lookback.toml`. */
  editorLayers(): readonly Layer[];
  /** What of that cannot be used. */
  editorProblems(): readonly string[];
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
  /** Called whenever there may be something new to say of an open document. */
  onNews(listener: () => void): void;
  /** Looks again at the data files that were named: one may just have been written. */
  refreshSchemas(): void;
  /** The folders that are open, and how the editor names files. */
  readonly folders: Folders;
  /** The ledgers of those folders. */
  readonly ledgers: Ledgers;
  readonly honest: HeldScores;
  /** Where the relative paths of a snapshot begin; null where nobody can know. */
  directoryOf(snapshot: Snapshot): string | null;
  /** Tells the editor of a run, once, whoever recorded it; each time with null, which is of any. */
  tellOfRun(id: string | null): void;
  changeFolders(event: WorkspaceFoldersChangeEvent): void;
  start(): void;
  /** Done once nothing of it is left on the disk. */
  stop(): Promise<void>;
}

/** Opens a session with a client of these abilities on these folders; the Python grammar is loaded before the first request is answered. */
export async function openSession(
  connection: Connection,
  world: World,
  able: ClientAbilities,
  folders: Folders,
  startedFrom: string | null,
): Promise<Session> {
  const client = clientOf(connection, world.log);
  const python = await loadPython();
  const documents = followDocuments(connection);
  const neighbors = neighborsOf(() => refresh());
  const schemas = schemaCache(readSchema, () => refresh());
  const settings = settingsCache(world.log, () => refresh());
  const analyses = new WeakMap<Snapshot, Dated<Analysis>>();
  const proven = new WeakMap<Finding, Offered>();
  const known = new WeakMap<Snapshot, Dated<Definitions>>();
  const caches = new Map<string, Cache>();
  const scripts = new Map<string, readonly Notebook[]>();
  const listeners: (() => void)[] = [];
  let sql: Sql | null = null;
  let generation = 0;
  let edits = 0;
  let scheduled: NodeJS.Timeout | undefined;
  const ledgers = openLedgers(folders);
  const honest = heldScores();
  const told = new Set<string>();

  const askAgain = () => {
    clearTimeout(scheduled);
    scheduled = setTimeout(() => {
      if (able.refreshesDiagnostics) client.ask("workspace/diagnostic/refresh");
      if (able.refreshesCodeLenses) client.ask("workspace/codeLens/refresh");
    }, 50);
    for (const listener of listeners) listener();
  };
  const refresh = () => {
    generation++;
    askAgain();
  };
  const tellOfRun = (id: string | null) => {
    if (id !== null && told.has(id)) return;
    if (id !== null) told.add(id);
    client.notify("lookback/runs/changed", { id });
  };

  const followed = followRuns(
    ledgers,
    { log: world.log, linter: (root) => linterAt(root, world.log, settings.below) },
    tellOfRun,
    () => client.notify("lookback/runs/waits", {}),
  );

  /** The SQL parser comes with the first document that may need it; until it is there, an answer says that SQL was not read. */
  const readSql = async (notebook: Notebook) => {
    if (sql !== null) return;
    sql = await loadSqlFor(notebook);
    if (sql !== null) refresh();
  };

  documents.onChange((uri, closed) => {
    if (closed) {
      caches.delete(uri);
      measured.forget(uri);
    } else {
      const notebook = documents.snapshot(uri)?.notebook;
      if (notebook) void readSql(notebook);
      const root = rootOf(uri);
      if (root !== null) neighbors.look(root);
      settings.look();
      // Other documents may import it: what an editor holds counts before it is saved.
      if (documents.snapshot(uri)?.kind === "script" && documents.all().length > 1) {
        edits++;
        askAgain();
      }
    }
    for (const listener of listeners) listener();
  });

  /** A document that was never saved has no folder of its own: its kernel runs in the first that is open. */
  const directoryOf = (uri: string): string | null =>
    uri.startsWith("file:") ? dirname(fileURLToPath(uri)) : (folders.all()[0]?.path ?? null);
  /** The open folder that holds a document, whose scripts it can import; else its own folder. */
  const rootOf = (uri: string): string | null => {
    const directory = directoryOf(uri);
    const given = directory === null ? undefined : folders.holding(directory)?.given;
    return given !== undefined && `${directory}${sep}`.startsWith(`${given}${sep}`) ? given : directory;
  };
  const fileOf = (snapshot: Snapshot, path: string): string | null => {
    const directory = directoryOf(snapshot.uri);
    if (directory === null) return isAbsolute(path) ? path : null;
    return resolve(directory, path);
  };
  const schemaOf = (snapshot: Snapshot, path: string) => {
    const file = fileOf(snapshot, path);
    return file === null ? null : schemas.get(file);
  };
  const cacheOf = (uri: string): Cache => {
    const cache = caches.get(uri) ?? createCache();
    caches.set(uri, cache);
    return cache;
  };
  /** What depends on files is computed anew when a file has changed. */
  const current = <T>(memo: WeakMap<Snapshot, Dated<T>>, snapshot: Snapshot, compute: () => T): T => {
    const done = memo.get(snapshot);
    const now = generation + edits;
    if (done?.generation === now) return done.value;
    const value = compute();
    memo.set(snapshot, { generation: now, value });
    return value;
  };
  /** The scripts that documents may import, as editors hold them and else as they are on disk: the same list for as long as none changes. */
  const scriptsBelow = (root: string): readonly Notebook[] => {
    const open = documents.all().filter(({ kind, uri }) => kind === "script" && uri.endsWith(".py"));
    const byUri = new Map(
      [...neighbors.of(root), ...open.map(({ notebook }) => notebook)].map((each) => [each.uri, each]),
    );
    const now = [...byUri.values()];
    const before = scripts.get(root);
    if (before?.length === now.length && before.every((each, at) => each === now[at])) return before;
    scripts.set(root, now);
    return now;
  };
  const definitions = (snapshot: Snapshot) =>
    current(known, snapshot, () => {
      const root = rootOf(snapshot.uri);
      if (root === null) return readDefinitions(snapshot.notebook, python);
      const others = scriptsBelow(root).filter(({ uri }) => uri !== snapshot.uri);
      return readDefinitions([...others, snapshot.notebook], python, root);
    });

  const lintSettings = (snapshot: Snapshot) =>
    settings.at(directoryOf(snapshot.uri), rootOf(snapshot.uri) ?? "");
  const importsOf = (snapshot: Snapshot, notebook: Notebook) => {
    const root = rootOf(snapshot.uri);
    if (root === null || !importsOwnFiles(notebook)) return {};
    return { imports: { files: scriptsBelow(root), root: root.replaceAll("\\", "/") } };
  };
  const look = (snapshot: Snapshot, notebook: Notebook, cache: Cache) =>
    analyze(notebook, {
      ...importsOf(snapshot, notebook),
      python,
      sql,
      schemaOf: (path) => schemaOf(snapshot, path),
      cache,
      settings: lintSettings(snapshot).settings,
      ...(snapshot.order ? { order: snapshot.order } : {}),
    });
  const analysis = (snapshot: Snapshot) =>
    current(analyses, snapshot, () => look(snapshot, snapshot.notebook, cacheOf(snapshot.uri)));
  const measured = measuredFindings(analysis);
  /** Looks at the snapshot with other texts; what is remembered of it stays as it is. */
  const lookAtCopy = (snapshot: Snapshot) => ({
    python,
    analyze: (notebook: Notebook) => look(snapshot, notebook, forkOf(cacheOf(snapshot.uri))),
  });

  return {
    world,
    python,
    documents,
    client,
    startedFrom,
    asksReason: able.asksReason,
    measures: able.measures,
    measured,
    confirmsEdits: able.confirmsEdits,
    showsDisabled: able.showsDisabled,
    showsRulePages: able.showsRulePages,
    explainsFindings: able.explainsFindings,
    definitions,
    schemaOf,
    analysis,
    lintSettings,
    editorLayers: settings.below,
    editorProblems: settings.editorProblems,
    fixes(snapshot, finding) {
      const known = proven.get(finding);
      if (known !== undefined) return known;
      const fixes = offeredFixes(snapshot.notebook, analysis(snapshot), finding, lookAtCopy(snapshot));
      proven.set(finding, fixes);
      return fixes;
    },
    fixedAll: (snapshot) => fixAll(snapshot.notebook, lookAtCopy(snapshot)),
    problems(snapshot) {
      const { settings } = lintSettings(snapshot);
      if (settings.rules.get(definitionsRule)?.level === "off") return [];
      const all = diagnose(definitions(snapshot), {
        schemaOf: (path) => schemaOf(snapshot, path),
        missing: (path) => {
          const file = fileOf(snapshot, path);
          return file !== null && schemas.isMissing(file);
        },
      });
      return all.filter(
        ({ severity }) => severity === "hint" || isShown(settings, { rule: definitionsRule, severity }),
      );
    },
    refreshSchemas: () => schemas.refresh(),
    answered: new Map(),
    askAgain,
    onNews: (listener) => void listeners.push(listener),
    folders,
    ledgers,
    honest,
    directoryOf: (snapshot) => directoryOf(snapshot.uri),
    tellOfRun,
    changeFolders: (event) => {
      folders.change(event);
      followed.follow();
      refresh();
      client.notify("lookback/runs/changed", { id: null });
      client.notify("lookback/deployments/changed", {});
    },
    start: () => {
      followEditorSettings(connection, able, world.log, settings.editorSays);
      refresh();
      followed.follow();
    },
    stop: async () => {
      followed.stop();
      settings.stop();
      clearTimeout(scheduled);
      await honest.releaseAll();
    },
  };
}

interface Dated<T> {
  readonly generation: number;
  readonly value: T;
}
