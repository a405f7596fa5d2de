import type { Command } from "./command.ts";

/** Every command, loaded when it is asked for: compiling a join must not wait for a model server to load. */
export const commands: readonly {
  readonly name: string;
  readonly summary: string;
  load(): Promise<Command>;
}[] = [
  {
    name: "check",
    summary: "Look for leaks in notebooks and scripts",
    load: async () => (await import("./check.ts")).check,
  },
  {
    name: "run",
    summary: "Run a notebook in a fresh kernel and record the run",
    load: async () => (await import("./run.ts")).run,
  },
  {
    name: "runs",
    summary: "List the runs of this workspace",
    load: async () => (await import("./runs.ts")).runs,
  },
  { name: "show", summary: "Show one run, whole", load: async () => (await import("./show.ts")).show },
  {
    name: "restore",
    summary: "Give back a run's notebook and data, byte for byte",
    load: async () => (await import("./restore.ts")).restore,
  },
  {
    name: "join",
    summary: "Write a training set's rows, each with what was known at its moment",
    load: async () => (await import("./join.ts")).join,
  },
  {
    name: "publish",
    summary: "Check a notebook, package it, tag it and serve it",
    load: async () => (await import("./publish.ts")).publish,
  },
  {
    name: "pipeline",
    summary: "The embedded pipeline: serve, status, roll back, stop",
    load: async () => (await import("./pipeline.ts")).pipeline,
  },
  {
    name: "fsck",
    summary: "Prove that nothing recorded is lost",
    load: async () => (await import("./fsck.ts")).fsck,
  },
  {
    name: "lsp",
    summary: "The language server, for editors",
    load: async () => (await import("./lsp.ts")).lsp,
  },
];
