import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
// @ts-expect-error a script of the build has no types
import { buildServer } from "../../build.mjs";

// Where papermill and its like are installed, beside what the other tests need.
const python = [process.env.LOOKBACK_MATRIX_PYTHON, process.env.LOOKBACK_PYTHON].find(Boolean) ?? "python3";
const has = (module: string) => spawnSync(python, ["-c", `import ${module}, ipykernel`]).status === 0;
const top = mkdtempSync(join(tmpdir(), "lookback-observe-"));
const home = join(top, "ipython");
const startup = join(home, "profile_default", "startup", "50-lookback.py");
let cli = "";

const env = () => ({ ...process.env, CI: "", IPYTHONDIR: home, JUPYTER_PLATFORM_DIRS: "1" });
const lookback = (cwd: string, ...args: string[]) =>
  spawnSync(process.execPath, [cli, ...args], { cwd, env: env(), encoding: "utf8" });
const notebook = (...sources: string[]) => ({
  cells: sources.map((source, at) => ({
    cell_type: "code",
    execution_count: null,
    id: `cell-${at}`,
    metadata: source.startsWith("rate =") ? { tags: ["parameters"] } : {},
    outputs: [],
    source,
  })),
  metadata: { kernelspec: { display_name: "Python 3", language: "python", name: "python3" } },
  nbformat: 4,
  nbformat_minor: 5,
});

/** A workspace with a ledger, or without, and one notebook. */
function workspace(ledger = true): string {
  const cwd = mkdtempSync(join(top, "workspace-"));
  mkdirSync(join(cwd, ledger ? ".lookback" : ".git"));
  writeFileSync(join(cwd, "d.csv"), "a\n1\n2\n");
  const cells = notebook("rate = 1", "text = open('d.csv').read()", "print(len(text) * rate)");
  writeFileSync(join(cwd, "train.ipynb"), JSON.stringify(cells, null, 1));
  return cwd;
}

function recorded(cwd: string) {
  const checked = lookback(cwd, "fsck");
  expect(checked.stdout).toContain("all is well");
  const runs = JSON.parse(lookback(cwd, "runs", "--json").stdout) as { id: string }[];
  return runs.map(({ id }) => JSON.parse(lookback(cwd, "show", id, "--json").stdout));
}

function outputsOf(cwd: string, id: string): string {
  expect(lookback(cwd, "restore", id, "--to", "back").status).toBe(0);
  return execFileSync("sh", ["-c", "cat back/*.ipynb"], { cwd, encoding: "utf8" });
}

beforeAll(async () => {
  const bundle = await buildServer(join(top, "node_modules", "bundle"));
  cli = join(bundle, "lookback.mjs");
  execFileSync("ln", [
    "-s",
    join(import.meta.dirname, "../../../../node_modules"),
    join(top, "node_modules", "all"),
  ]);
  expect(lookback(top, "observe", "status").status).toBe(1);
  expect(lookback(top, "observe", "install").status).toBe(0);
  expect(lookback(top, "observe", "status").stdout).toContain(startup);
}, 120_000);

describe("a kernel that no editor started", () => {
  it.skipIf(!has("papermill"))(
    "papermill's run is its notebook's, with the outputs that it wrote",
    () => {
      const cwd = workspace();
      const made = ["-m", "papermill", "train.ipynb", "out.ipynb", "-p", "rate", "7", "-k", "python3"];
      execFileSync(python, made, { cwd, env: env(), stdio: "ignore" });
      const [run, ...more] = recorded(cwd);
      expect(more).toEqual([]);
      expect(run).toMatchObject({ notebook: "train.ipynb", outcome: { kind: "ok" } });
      expect(run.session.startedFrom).toBe("papermill");
      expect(run.parameters).toMatchObject({ rate: 7 });
      expect(run.cells.map((cell: { cellId: string }) => cell.cellId)).toEqual(
        expect.arrayContaining(["cell-0", "cell-1", "cell-2"]),
      );
      expect(run.datasets).toMatchObject([{ path: "d.csv", cellId: "cell-1" }]);
      expect(run.notes).toMatchObject([{ code: "ledger/found-outputs" }]);
      expect(outputsOf(cwd, run.id)).toContain("42\\n");
    },
    120_000,
  );

  it.skipIf(!has("nbconvert"))(
    "nbconvert's in place too",
    () => {
      const cwd = workspace();
      const made = ["-m", "nbconvert", "--to", "notebook", "--execute", "--inplace", "train.ipynb"];
      execFileSync(python, made, { cwd, env: env(), stdio: "ignore" });
      const [run, ...more] = recorded(cwd);
      expect(more).toEqual([]);
      expect(run).toMatchObject({ notebook: "train.ipynb", session: { startedFrom: "nbconvert" } });
      expect(run.cells.map((cell: { cellId: string }) => cell.cellId)).toEqual([
        "cell-0",
        "cell-1",
        "cell-2",
      ]);
      expect(outputsOf(cwd, run.id)).toContain("6\\n");
    },
    120_000,
  );

  it.skipIf(!has("nbclient"))(
    "nbclient's, from a script that writes nothing, is found by the cells that ran",
    () => {
      const cwd = workspace();
      const script =
        "import nbclient, nbformat; nbclient.NotebookClient(nbformat.read('train.ipynb', 4), kernel_name='python3').execute()";
      execFileSync(python, ["-c", script], { cwd, env: env(), stdio: "ignore" });
      const [run] = recorded(cwd);
      expect(run).toMatchObject({ notebook: "train.ipynb", cells: [{ cellId: "cell-0" }, {}, {}] });
      expect(run.notes).toMatchObject([{ code: "ledger/recovered" }]);
    },
    120_000,
  );

  it.skipIf(!has("nbclient"))(
    "is said not to be known where two notebooks hold its cells",
    () => {
      const cwd = workspace();
      writeFileSync(join(cwd, "copy.ipynb"), readFileSync(join(cwd, "train.ipynb")));
      const script =
        "import nbclient, nbformat; nbclient.NotebookClient(nbformat.read('train.ipynb', 4), kernel_name='python3').execute()";
      execFileSync(python, ["-c", script], { cwd, env: env(), stdio: "ignore" });
      const [run] = recorded(cwd);
      expect(run.notebook).toBe("unknown");
      expect(run.notes).toContainEqual({
        code: "ledger/unknown-notebook",
        message: expect.stringContaining("2 notebooks of the workspace hold all cells that ran"),
      });
    },
    120_000,
  );

  it("a console's lines are named by its count", () => {
    const cwd = workspace();
    const lines = "x = open('d.csv').read()\nlen(x)\n";
    execFileSync(python, ["-m", "IPython", "--simple-prompt"], {
      cwd,
      env: env(),
      input: lines,
      stdio: ["pipe", "ignore", "ignore"],
    });
    const [run] = recorded(cwd);
    expect(run).toMatchObject({ notebook: "console", cells: [{ console: 1 }, { console: 2 }] });
    expect(lookback(cwd, "show", run.id).stdout).toMatch(/console {2}console-\w{8}-1 {2}ok/);
  }, 60_000);
});

describe("is silent", () => {
  const shell = (cwd: string, code: string, with_: NodeJS.ProcessEnv = {}) =>
    spawnSync(python, ["-m", "IPython", "-c", code], { cwd, env: { ...env(), ...with_ }, encoding: "utf8" });

  it("in a workspace that has no ledger", () => {
    const cwd = workspace(false);
    const { stdout, stderr } = shell(cwd, "print(getattr(get_ipython(), 'lookback_session', None))");
    expect([stdout, stderr]).toEqual(["None\n", ""]);
    expect(existsSync(join(cwd, ".git", "lookback"))).toBe(false);
  });

  it("and lets the kernel start where the command cannot be run; the log says why", () => {
    const before = readFileSync(startup, "utf8");
    writeFileSync(startup, before.replaceAll(JSON.stringify(process.execPath), '"/nowhere/node"'));
    const { stdout, stderr, status } = shell(
      workspace(),
      "print(sorted(n for n in dir() if 'lookback' in n))",
    );
    writeFileSync(startup, before);
    expect([stdout, stderr, status]).toEqual(["[]\n", "", 0]);
    expect(lookback(top, "observe", "status").stdout).toContain("/nowhere/node");
  });

  it("once it is removed", () => {
    expect(lookback(top, "observe", "remove").status).toBe(0);
    expect(existsSync(startup)).toBe(false);
    const { stdout } = shell(workspace(), "print(getattr(get_ipython(), 'lookback_session', None))");
    expect(stdout).toBe("None\n");
    expect(lookback(top, "observe", "install").status).toBe(0);
  });
});
