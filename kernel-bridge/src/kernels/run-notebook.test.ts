import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isGone, ownStamp } from "../processes/process-stamp.ts";
import { type Kernel, launchKernel } from "./launch-kernel.ts";
import { runNotebook } from "./run-notebook.ts";

const notebook = (...sources: string[]) =>
  JSON.stringify({
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {},
    cells: sources.map((source, at) => ({
      cell_type: "code",
      id: `c${at}`,
      metadata: {},
      source,
      outputs: [],
      execution_count: null,
    })),
  });
const outputsOf = (text: string) =>
  JSON.parse(text).cells.map((cell: { outputs: unknown[] }) => cell.outputs) as Record<string, unknown>[][];

describe("running a notebook in a real kernel", () => {
  let kernel: Kernel;
  beforeAll(async () => {
    kernel = await launchKernel({ cwd: tmpdir() });
  });
  afterAll(() => kernel.shutdown());

  it("collects streams, results and displays as nbformat keeps them", async () => {
    const { text, outcome } = await runNotebook(
      notebook(
        "print('a'); print('b')\n1 + 1",
        "from IPython.display import display, clear_output\nh = display('x', display_id=True); h.update('y')",
        "print('gone'); clear_output(); print('stays')",
      ),
      { kernel },
    );
    expect(outcome).toEqual({ kind: "ok" });
    const [first, second, third] = outputsOf(text);
    expect(first?.[0]).toEqual({ name: "stdout", output_type: "stream", text: ["a\n", "b\n"] });
    expect(first?.[1]).toMatchObject({ output_type: "execute_result", data: { "text/plain": ["2"] } });
    expect(second?.[0]).toMatchObject({ output_type: "display_data", data: { "text/plain": ["'y'"] } });
    expect(third).toEqual([{ name: "stdout", output_type: "stream", text: ["stays\n"] }]);
  });

  it("shows what a later cell makes of an earlier one's display, as long as that is there", async () => {
    const { text } = await runNotebook(
      notebook(
        "from IPython.display import display, clear_output\nh = display('x', display_id=True)",
        "g = display('gone', display_id=True); clear_output(); print('stays')",
        "h.update('y'); g.update('z')",
      ),
      { kernel },
    );
    const [first, second, third] = outputsOf(text);
    expect(first).toMatchObject([{ output_type: "display_data", data: { "text/plain": ["'y'"] } }]);
    expect(second).toMatchObject([{ output_type: "stream" }]);
    expect(third).toEqual([]);
  });

  it("stops at the first error and names the cell", async () => {
    const { text, outcome } = await runNotebook(
      notebook("x = 1", "raise KeyError('visib')", "print('never')"),
      { kernel },
    );
    expect(outcome).toEqual({ kind: "error", name: "KeyError", message: "'visib'", cellId: "c1" });
    expect(outputsOf(text)[1]?.[0]).toMatchObject({ output_type: "error", ename: "KeyError" });
    expect(outputsOf(text)[2]).toEqual([]);
  });

  it("counts cells as a run and a finding count them: all of the notebook", async () => {
    const { cells, ...rest } = JSON.parse(notebook("1", "2"));
    const prose = { cell_type: "markdown", id: "m", metadata: {}, source: "# Title" };
    const told: string[] = [];
    await runNotebook(JSON.stringify({ ...rest, cells: [prose, ...cells] }), {
      kernel,
      onCell: ({ number, of, state }) => state === "ok" && told.push(`${number} of ${of}`),
    });
    expect(told).toEqual(["2 of 3", "3 of 3"]);
  });

  it("interrupts the running cell when canceled", async () => {
    const abort = new AbortController();
    const running = runNotebook(notebook("import time; time.sleep(60)", "1"), {
      kernel,
      signal: abort.signal,
      onCell: ({ state }) => state === "running" && setTimeout(() => abort.abort(), 300),
    });
    expect((await running).outcome).toEqual({ kind: "interrupted", cellId: "c0" });
  });

  it("says that a notebook is none, before anything runs", async () => {
    await expect(runNotebook("{", { kernel })).rejects.toMatchObject({ code: "kernels/not-a-notebook" });
  });
});

it("lets a kernel write what it holds back, and run what was to run at its exit, before it is ended", async () => {
  const cwd = mkdtempSync(join(tmpdir(), "lookback-exit-"));
  const kernel = await launchKernel({ cwd });
  const left = "import atexit\nf = open('open.csv', 'w'); _ = f.write('1')";
  await runNotebook(notebook(left, "_ = atexit.register(lambda: open('last.csv', 'w').write('2'))"), {
    kernel,
  });
  await kernel.shutdown();
  expect(["open.csv", "last.csv"].map((name) => readFileSync(join(cwd, name), "utf8"))).toEqual(["1", "2"]);
});

describe("a run always ends", () => {
  const fresh = async (use: (kernel: Kernel) => Promise<void>) => {
    const kernel = await launchKernel({ cwd: tmpdir() });
    try {
      await use(kernel);
    } finally {
      await kernel.shutdown();
    }
  };

  it.each([
    ["s = '\ud83d'", "UnicodeEncodeError", "Line 1, column 6 holds half of a character"],
    ["get_ipython().kernel.do_execute = lambda *a, **k: 1 / 0", "NoAnswer", "never answered", "x = 1"],
    ["get_ipython().kernel.session.send = lambda *a, **k: None", "CellTimeout", "within 8 seconds", "x = 1"],
    ["import os; os._exit(3)", "KernelDied", "it exited with 3"],
    ["import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "KernelDied", "SIGKILL"],
    ["import sys; sys.exit(2)", "SystemExit", "2"],
    ["input('name? ')", "StdinNotImplementedError", "raw_input"],
    ["import getpass; getpass.getpass()", "StdinNotImplementedError", ""],
  ])("after %s: %s", (source, name, message, next = "2") =>
    fresh(async (kernel) => {
      const { outcome, cells, text } = await runNotebook(notebook(source, next), {
        kernel,
        timeoutMs: 8_000,
        patienceMs: 500,
      });
      expect(outcome).toMatchObject({ kind: "error", name });
      expect(outcome.kind === "error" && outcome.message).toContain(message);
      const shown = outputsOf(text)
        .flat()
        .filter((output) => output.output_type === "error");
      expect(shown).toMatchObject([{ ename: name }]);
      expect(cells.at(-1)).toMatchObject({ outcome: "error", error: { name } });
    }),
  );
});

it("leaves no kernel behind when its own process is killed", async () => {
  const script = `import { launchKernel } from ${JSON.stringify(await bundled("launch-kernel.ts"))};
    const kernel = await launchKernel({ cwd: ${JSON.stringify(tmpdir())} });
    await kernel.execute("import os; print(os.getpid())", { onMessage: (m) => m.content.text && process.stdout.write(m.content.text) });`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [printed] = (await once(child.stdout, "data")) as [Buffer];
  child.kill("SIGKILL");
  const pid = Number(printed.toString("utf8"));
  expect(pid).toBeGreaterThan(0);
  const kernel = { ...ownStamp(), pid, started: null };
  await expect.poll(() => isGone(kernel), { timeout: 20_000 }).toBe(true);
});

it("lets its own process end when a kernel never answers", async () => {
  const nobody = {
    transport: "tcp",
    ip: "127.0.0.1",
    key: "",
    shell_port: 1,
    iopub_port: 1,
    control_port: 1,
  };
  const script = `import { connectKernel } from ${JSON.stringify(await bundled("connect-kernel.ts"))};
    await connectKernel(${JSON.stringify(nobody)}, new Promise(() => {}), { readyMs: 300 })
      .catch(({ code }) => process.stdout.write(code));`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script], {
    stdio: ["ignore", "pipe", "inherit"],
    timeout: 20_000,
  });
  const said: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => said.push(chunk));
  expect(await once(child, "close")).toEqual([0, null]);
  expect(Buffer.concat(said).toString()).toBe("kernels/start");
});

/** A module of this folder as Node runs it, in a process of its own. */
async function bundled(module: string): Promise<string> {
  const outfile = join(mkdtempSync(join(tmpdir(), "lookback-bundle-")), "module.mjs");
  const zeromq = createRequire(import.meta.url).resolve("zeromq");
  await build({
    entryPoints: [join(import.meta.dirname, module)],
    bundle: true,
    format: "esm",
    platform: "node",
    outfile,
    alias: { zeromq },
    external: [zeromq],
  });
  return outfile;
}
