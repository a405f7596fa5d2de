import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, vi } from "vitest";
import type { Io } from "../command.ts";
import { notebook } from "../fixture-notebook.ts";
import { fsck } from "./fsck.ts";
import { restore } from "./restore.ts";
import { run } from "./run.ts";
import { runs } from "./runs.ts";

function folderWith(text: string): { io: Io; out: string[]; path: string; cwd: string } {
  const cwd = mkdtempSync(join(tmpdir(), "lookback-cli-"));
  const path = join(cwd, "n.ipynb");
  writeFileSync(path, text);
  const out: string[] = [];
  const io: Io = {
    cwd,
    env: process.env,
    out: (line) => void out.push(line),
    err: () => undefined,
    signal: new AbortController().signal,
  };
  return { io, out, path, cwd };
}

it("runs, records, and restores what it wrote byte for byte", async () => {
  const { io, out, path, cwd } = folderWith(notebook("print(1)"));
  expect(await run.run(["n.ipynb", "--write"], io)).toBe(0);
  expect(JSON.parse(readFileSync(path, "utf8")).cells[0].outputs[0].text).toEqual(["1\n"]);
  const [id] = out.join("").split(" ");
  expect(await restore.run([id ?? "", "--to", "back"], io)).toBe(0);
  expect(readFileSync(join(cwd, "back", "n.ipynb"), "utf8")).toBe(readFileSync(path, "utf8"));
  expect(await fsck.run([], io)).toBe(0);
  mkdirSync(join(cwd, "below"));
  for (const [where, named] of [
    [cwd, "n.ipynb"],
    [join(cwd, "below"), "../n.ipynb"],
  ] as const) {
    out.length = 0;
    expect(await runs.run(["--notebook", named], { ...io, cwd: where })).toBe(0);
    expect(out.join("")).toContain(id);
  }
});

it("leaves the notebook alone unless asked, and answers 1 when a cell raised", async () => {
  const text = notebook("1 / 0", "2");
  const { io, out, path } = folderWith(text);
  expect(await run.run(["n.ipynb"], io)).toBe(1);
  expect(readFileSync(path, "utf8")).toBe(text);
  await runs.run(["--json"], io);
  expect(out.join("")).toContain("ZeroDivisionError");
});

it("records what ran before the kernel died", async () => {
  const { io, out } = folderWith(notebook("x = 1", "import os; os._exit(3)", "y = 2"));
  await expect(run.run(["n.ipynb"], io)).rejects.toMatchObject({ code: "kernels/died" });
  expect(out.join("")).toMatch(/2 cells .* KernelDied: The kernel is gone: it exited with 3/);
});

it("says which files are written to only as the kernel ends, behind what the run says of them", async () => {
  const { io, cwd } = folderWith(
    notebook("f = open('open.csv', 'w'); _ = f.write('1')", "open('o.csv', 'w').close()"),
  );
  const said: string[] = [];
  expect(await run.run(["n.ipynb"], { ...io, err: (line) => void said.push(line) })).toBe(0);
  expect(readFileSync(join(cwd, "open.csv"), "utf8")).toBe("1");
  expect(said.filter((line) => line.startsWith("note:"))).toEqual([
    "note: open.csv was written to as the kernel ended: the run says what it held before.\n",
  ]);
});

it("keeps an edit made while the notebook ran", async () => {
  const { io, out, path } = folderWith(notebook("open('n.ipynb', 'w').write('mine')"));
  await expect(run.run(["n.ipynb", "--write"], io)).rejects.toMatchObject({ code: "run/edited-meanwhile" });
  expect(readFileSync(path, "utf8")).toBe("mine");
  expect(out.join("")).toMatch(/1 cell .* ok/);
});

it("records an error in plain words for a cell that Python cannot read", async () => {
  const { io, out } = folderWith(notebook("s = '\ud83d'", "print('after')"));
  expect(await run.run(["n.ipynb"], io)).toBe(1);
  expect(out.join("")).toMatch(/1 cell .* UnicodeEncodeError: Line 1, column 6 holds half of a character/);
});

it("stops a cell that takes longer than it may, and records it", async () => {
  const { io, out } = folderWith(notebook("x = 1", "import time; time.sleep(60)", "2"));
  expect(await run.run(["n.ipynb", "--timeout", "1"], io)).toBe(1);
  expect(out.join("")).toMatch(/2 cells .* (CellTimeout|interrupted)/);
});

it("ends and records a run whose cell catches the interrupt, at a second request", async () => {
  const stubborn =
    "import time\nopen('begun', 'w').close()\nwhile True:\n    try:\n        time.sleep(60)\n    except KeyboardInterrupt:\n        open('caught', 'w').close()";
  const { io, out, cwd } = folderWith(notebook("x = 1", stubborn, "2"));
  const [asked, insisted] = [new AbortController(), new AbortController()];
  const running = run.run(["n.ipynb"], { ...io, signal: asked.signal, insist: insisted.signal });
  await vi.waitFor(() => readFileSync(join(cwd, "begun")), 30_000);
  asked.abort();
  await vi.waitFor(() => readFileSync(join(cwd, "caught")), 4_000);
  insisted.abort();
  expect(await running).toBe(1);
  expect(out.join("")).toMatch(/2 cells .* interrupted/);
});

it.each(["0", "-1", "soon", "", "1e9"])("takes no --timeout of %j", async (seconds) => {
  const { io } = folderWith(notebook("1"));
  await expect(run.run(["n.ipynb", `--timeout=${seconds}`], io)).rejects.toMatchObject({ code: "run/usage" });
});

it("keeps numbers that JavaScript would round, in what it writes and in what it restores", async () => {
  const display =
    "from IPython.display import display\ndisplay({'application/json': {'id': 12345678901234567890, 'share': 1.0}}, raw=True)";
  const before = notebook(display).replace(
    '"metadata": {},\n "nbformat"',
    '"metadata": {"id": 4173896329870812345, "r": 1.0},\n "nbformat"',
  );
  const { io, out, path, cwd } = folderWith(`\uFEFF${before.replaceAll("\n", "\r\n")}`);
  expect(await run.run(["n.ipynb", "--write"], io)).toBe(0);
  const after = readFileSync(path, "utf8");
  expect(after).toContain('"metadata": {"id": 4173896329870812345, "r": 1.0},\r\n');
  expect(after).toMatch(/"id": 12345678901234567890,\s+"share": 1\.0/);
  expect(after.startsWith("\uFEFF")).toBe(true);
  expect(await restore.run([out.join("").split(" ")[0] ?? "", "--to", "back"], io)).toBe(0);
  expect(readFileSync(join(cwd, "back", "n.ipynb"), "utf8")).toBe(after);
});

it("restores what was read, also where the run itself overwrote it", async () => {
  const { io, out, cwd } = folderWith(
    notebook(
      "open('kept.csv').read(); open('d.csv').read()",
      "open('d.csv', 'w').write('a\\n2\\n')",
      "open('d.csv').read()",
    ),
  );
  writeFileSync(join(cwd, "d.csv"), "a\n1\n");
  writeFileSync(join(cwd, "kept.csv"), "a\n1\n");
  expect(await run.run(["n.ipynb"], io)).toBe(0);
  const id = out.splice(0).join("").split(" ")[0] ?? "";
  expect(await restore.run([id, "--to", "back", "--json"], io)).toBe(0);
  expect(JSON.parse(out.join(""))).toMatchObject({ missing: [], unstable: [] });
  expect(readFileSync(join(cwd, "back", "d.csv"), "utf8")).toBe("a\n1\n");
});
