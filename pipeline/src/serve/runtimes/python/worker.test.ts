import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { joinPython } from "@lookback/kernel-bridge/journal/join-python.mjs";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, it } from "vitest";
import { isAlive, type PythonModels, pythonModels } from "../../fixture-python.ts";
import { startWorker, type WorkerOptions, type WorkerSettings } from "./worker.ts";
import { workerEnv } from "./worker-env.ts";
import { workerSource } from "./worker-source.ts";

const folder = mkdtempSync(join(tmpdir(), "lookback-worker-"));
let made: PythonModels;
beforeAll(() => {
  made = pythonModels();
});
afterAll(() => rmSync(folder, { recursive: true }));

const never = new AbortController().signal;

function options(change: Partial<WorkerOptions> = {}): WorkerOptions {
  const { plan, model } = made.release("odd");
  const { runtime, inputs, output } = plan.model;
  const settings = { ...runtime, classes: output.classes, inputs } as unknown as WorkerSettings;
  return {
    ...{ python: made.python, cwd: folder, env: workerEnv(process.env), source: workerSource() },
    ...{ settings, model, heard: () => undefined, loadMs: 60_000 },
    ...change,
  };
}

it.each([
  ["another Python", { python: "3.1" }, /^Python is 3\.\d+, the model was fitted with 3\.1$/],
  [
    "every package that differs",
    { packages: { numpy: "0.1", nowhere: "2.0" } },
    /^nowhere is not installed, the model was fitted with 2\.0; numpy is [\d.]+, the model was fitted with 0\.1$/,
  ],
])("refuses for %s, before it unpickles anything", async (_, differs, message) => {
  const { model } = made.release("dying");
  const asked = options({ model });
  const start = startWorker({ ...asked, settings: { ...asked.settings, ...differs } }, never);
  await expect(start).rejects.toMatchObject({ kind: "differs", message: expect.stringMatching(message) });
});

it("says how it ended where it could not be started, or takes too long to load", async () => {
  await expect(startWorker(options({ python: join(folder, "python") }), never)).rejects.toMatchObject({
    kind: "ended",
    message: expect.stringMatching(/could not be started.*ENOENT/),
  });
  await expect(startWorker(options({ loadMs: 1 }), never)).rejects.toMatchObject({
    message: "it did not load within 0.001 s",
  });
});

it("gives up when it is told to", async () => {
  const giveUp = new AbortController();
  const start = startWorker(options(), giveUp.signal);
  giveUp.abort();
  await expect(start).rejects.toMatchObject({ kind: "ended" });
});

it("says what it prints as far as anyone reads, and that there was more", async () => {
  const prints = "for at in range(20_000): print('line', at, file=sys.stderr)";
  const source = workerSource().replace("class Sources", `${prints}\nclass Sources`);
  const heard: string[] = [];
  const worker = await startWorker(options({ source, heard: (text) => heard.push(text) }), never);
  await worker.end();
  expect(heard.slice(0, 2)).toEqual(["line 0", "line 1"]);
  expect(heard.at(-1)).toBe("What else this process prints is not kept.");
  expect(heard.join("\n").length).toBeLessThan(70_000);
});

it("is ended where something else writes into its answers", async () => {
  const source = workerSource().replace(
    "class Sources",
    "import os\nos.write(1, b'Hello from a library')\nclass Sources",
  );
  await expect(startWorker(options({ source }), never)).rejects.toMatchObject({
    message: "it was ended by SIGKILL",
  });
});

/** As it is installed: bundled, with the program of the workers beside it. */
it.skipIf(process.platform === "win32").each([
  ["waits", 0],
  ["answers", 14],
  ["answers, and keeps the interpreter to itself", 20],
])("leaves no process behind when the server is killed while one %s", async (_, asked) => {
  const bundle = join(folder, "bundle.mjs");
  mkdirSync(join(folder, "python"), { recursive: true });
  const program = joinPython(join(import.meta.dirname, "..", "..", "..", "..", "python", "worker"));
  writeFileSync(join(folder, "python", "serve_worker.py"), program);
  await build({
    stdin: {
      resolveDir: import.meta.dirname,
      contents: `
        import { readFileSync } from "node:fs";
        import { startWorker } from "./worker.ts";
        import { workerSource } from "./worker-source.ts";
        const { model, asked, ...options } = JSON.parse(readFileSync(0, "utf8"));
        const more = { source: workerSource(), model: Buffer.from(model, "base64"), heard: () => {} };
        const worker = await startWorker({ ...options, ...more }, new AbortController().signal);
        if (asked !== 0) void worker.ask({ columns: [[asked]] });
        console.log(worker.pid);
        setInterval(() => {}, 1000);`,
    },
    ...{ bundle: true, format: "esm", platform: "node", outfile: bundle, logLevel: "error" },
  });
  const server = spawn(process.execPath, [bundle], { stdio: ["pipe", "pipe", "inherit"] });
  const { model, ...rest } = options();
  server.stdin.end(JSON.stringify({ ...rest, asked, model: Buffer.from(model!).toString("base64") }));
  const [line] = (await once(createInterface(server.stdout), "line")) as [string];
  const pid = Number(line);
  // What it was asked is under way.
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(isAlive(pid)).toBe(true);
  server.kill("SIGKILL");
  await expect.poll(() => isAlive(pid)).toBe(false);
});
