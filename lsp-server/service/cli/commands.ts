import type { Command } from "./command.ts";

/** Every command in the order people meet them, loaded when it is asked for: compiling a join must not wait for a model server to load. */
export const commands: readonly {
  readonly name: string;
  /** What follows the name, in short; its help says all. */
  readonly usage: string;
  /** One line for the list of commands. */
  readonly summary: string;
  load(): Promise<Command>;
}[] = [
  {
    name: "check",
    usage: "PATH…",
    summary: "leaks in notebooks and scripts (text, json, sarif, junit, github)",
    load: async () => (await import("./check/check.ts")).check,
  },
  {
    name: "honest",
    usage: "NOTEBOOK [--keep]",
    summary: "the score without the leaks, and what each of them gave to it",
    load: async () => (await import("./honest/honest.ts")).honest,
  },
  {
    name: "explain",
    usage: "[RULE]",
    summary: "what a rule of the linter looks for, why, and what instead",
    load: async () => (await import("./explain/explain.ts")).explain,
  },
  {
    name: "run",
    usage: "NOTEBOOK",
    summary: "run in a fresh kernel, record the run",
    load: async () => (await import("./runs/run.ts")).run,
  },
  {
    name: "runs",
    usage: "",
    summary: "list runs",
    load: async () => (await import("./runs/runs.ts")).runs,
  },
  {
    name: "show",
    usage: "RUN",
    summary: "one run, whole",
    load: async () => (await import("./runs/show.ts")).show,
  },
  {
    name: "diff",
    usage: "RUN RUN…",
    summary: "what changed between runs",
    load: async () => (await import("./runs/diff.ts")).diff,
  },
  {
    name: "restore",
    usage: "RUN",
    summary: "the notebook and its data, byte for byte: beside, in place, below a folder",
    load: async () => (await import("./runs/restore.ts")).restore,
  },
  {
    name: "reproduce",
    usage: "RUN",
    summary: "again from its restored inputs: identical, or where it first differs",
    load: async () => (await import("./runs/reproduce.ts")).reproduce,
  },
  {
    name: "tag",
    usage: "RUN [TAG…]",
    summary: "star, name, note, tag a run; make it the official one",
    load: async () => (await import("./runs/tag.ts")).tag,
  },
  {
    name: "lineage",
    usage: "RUN|PATH|DEPLOYMENT",
    summary: "what it rests on, and what rests on it",
    load: async () => (await import("./lineage/lineage.ts")).lineage,
  },
  {
    name: "history",
    usage: "NOTEBOOK CELL",
    summary: "every version of a cell that ran",
    load: async () => (await import("./runs/history.ts")).history,
  },
  {
    name: "delete",
    usage: "RUN…",
    summary: "runs that nothing rests on",
    load: async () => (await import("./runs/delete.ts")).deleteCommand,
  },
  {
    name: "gc",
    usage: "",
    summary: "free the bytes of deleted runs; what the store takes",
    load: async () => (await import("./runs/gc.ts")).gc,
  },
  {
    name: "remote",
    usage: "add|remove",
    summary: "where runs are shared: a folder, S3, ssh",
    load: async () => (await import("./share/remote.ts")).remote,
  },
  {
    name: "push",
    usage: "[REMOTE]",
    summary: "send runs and their data",
    load: async () => (await import("./share/push.ts")).push,
  },
  {
    name: "pull",
    usage: "[RUN…]",
    summary: "fetch others' runs, and data",
    load: async () => (await import("./share/pull.ts")).pull,
  },
  {
    name: "export",
    usage: "--to lfs|dvc|openlineage DIR",
    summary: "runs and data for other tools",
    load: async () => (await import("./share/export.ts")).exportCommand,
  },
  {
    name: "import",
    usage: "--from mlflow|dvc|parquet PATH",
    summary: "the runs of other tools",
    load: async () => (await import("./share/import.ts")).importCommand,
  },
  {
    name: "join",
    usage: "FILE --training-set NAME --out rows.csv",
    summary: "the point-in-time join",
    load: async () => (await import("./join/join.ts")).join,
  },
  {
    name: "publish",
    usage: "NOTEBOOK",
    summary: "check, package, commit, tag, deploy",
    load: async () => (await import("./ship/publish.ts")).publish,
  },
  {
    name: "pipeline",
    usage: "serve|deploy|status|rollback|verify|stop",
    summary: "the embedded pipeline",
    load: async () => (await import("./ship/pipeline.ts")).pipeline,
  },
  {
    name: "observe",
    usage: "install|remove|status",
    summary: "record kernels that no editor starts",
    load: async () => (await import("./observe/observe.ts")).observe,
  },
  {
    name: "fsck",
    usage: "",
    summary: "prove that nothing recorded is lost",
    load: async () => (await import("./runs/fsck.ts")).fsck,
  },
  {
    name: "lsp",
    usage: "--stdio",
    summary: "the language server, for editors",
    load: async () => (await import("./lsp.ts")).lsp,
  },
];

/** The list of commands as people read it: how each is called, and what for. */
export function commandList(program: string): string {
  const calls = commands.map(({ name, usage }) => `${program} ${name} ${usage}`.trimEnd());
  const width = Math.max(...calls.map((call) => call.length));
  return commands.map(({ summary }, at) => `${calls[at]!.padEnd(width)}  ${summary}\n`).join("");
}
