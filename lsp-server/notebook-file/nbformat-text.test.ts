import { execFileSync } from "node:child_process";
import { findPython } from "@lookback/kernel-bridge/kernels/find-python.ts";
import { expect, it } from "vitest";
import { nbformatText } from "./nbformat-text.ts";

const code = (source: string, outputs: object[] = []) => ({
  cell_type: "code",
  execution_count: 2,
  id: "a",
  metadata: { trusted: true, tags: ["x"] },
  source,
  outputs,
});

const notebook = {
  nbformat_minor: 5,
  nbformat: 4,
  metadata: { signature: "x", kernelspec: { name: "python3", display_name: "Python 3" } },
  cells: [
    code("x = 1\ny = 'é \u2028 \u0007'\n", [
      { output_type: "stream", name: "stdout", text: "a\r\nb\u0085c" },
      {
        output_type: "execute_result",
        execution_count: 2,
        metadata: {},
        data: { "text/plain": "1\n2", "application/json": { b: [1.5, null], a: "x\ny" } },
      },
      { output_type: "error", ename: "E", evalue: "v\nw", traceback: ["t\nu"] },
    ]),
    { ...code(""), id: "c" },
    {
      cell_type: "markdown",
      id: "b",
      metadata: {},
      source: "# Title",
      attachments: { "i.png": { "image/png": "AA\nBB" } },
    },
  ],
};

it("writes the bytes that nbformat itself writes", async () => {
  const python = await findPython(process.cwd());
  const script =
    "import sys, nbformat; sys.stdout.buffer.write((nbformat.writes(nbformat.reads(sys.stdin.buffer.read().decode(), 4)) + '\\n').encode())";
  const theirs = execFileSync(python, ["-c", script], {
    input: JSON.stringify(notebook),
    encoding: "utf8",
    stdio: ["pipe", "pipe", "ignore"],
  });
  expect(nbformatText(notebook)).toBe(theirs);
});

it("writes again what it wrote", () => {
  const text = nbformatText(notebook);
  expect(nbformatText(JSON.parse(text))).toBe(text);
});
