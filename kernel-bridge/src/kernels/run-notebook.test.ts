import { tmpdir } from "node:os";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
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

  it("stops at the first error and names the cell", async () => {
    const { text, outcome } = await runNotebook(
      notebook("x = 1", "raise KeyError('visib')", "print('never')"),
      { kernel },
    );
    expect(outcome).toEqual({ kind: "error", name: "KeyError", message: "'visib'", cellId: "c1" });
    expect(outputsOf(text)[1]?.[0]).toMatchObject({ output_type: "error", ename: "KeyError" });
    expect(outputsOf(text)[2]).toEqual([]);
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

it("says so when the kernel dies in a cell", async () => {
  const kernel = await launchKernel({ cwd: tmpdir() });
  await expect(runNotebook(notebook("import os; os._exit(3)"), { kernel })).rejects.toMatchObject({
    code: "kernels/died",
  });
});
