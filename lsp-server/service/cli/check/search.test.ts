import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { scriptPaths } from "../../files/script-paths.ts";
import { checkIn } from "./fixture-check.ts";
import { formats } from "./formats/formats.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "lookback-search-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function write(path: string, text = "x = 1\n"): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), text);
}

async function run(...argv: string[]): Promise<{ code: number; out: string }> {
  const { code, out } = await checkIn(folder, argv);
  return { code, out };
}

/** Root may read everything: what root runs here is run as somebody else. */
async function asNobody<T>(work: () => Promise<T>): Promise<T> {
  if (process.geteuid?.() !== 0) return work();
  process.seteuid?.(65534);
  try {
    return await work();
  } finally {
    process.seteuid?.(0);
  }
}

const found = async (...argv: string[]): Promise<string[]> =>
  JSON.parse((await run(...argv, "--format", "json")).out).files.map(({ file }: { file: string }) => file);

describe("a search of folders", () => {
  test.each(["env", "venv", "site-packages"])("reads a project's own folder called %s", async (name) => {
    await write(`src/${name}/train.py`);
    expect(await found("src")).toEqual([join("src", name, "train.py")]);
    expect(await scriptPaths(folder)).toEqual([join(folder, "src", name, "train.py")]);
  });

  test.each(["pyvenv.cfg", "conda-meta/history", "numpy-2.3.0.dist-info/METADATA"])(
    "knows an environment by its %s, whatever it is called, and says so",
    async (sign) => {
      await write(`src/tools/${sign}`, "");
      await write("src/tools/lib/x.py");
      await write("src/a.py");
      const { code, out } = await run("src", "--strict");
      expect(out).toContain(
        `${join("src", "tools")}: not searched: It is an environment, which ${sign.split("/")[0]} says. [search/environment]`,
      );
      expect(out).toMatch(/\n0 findings in 1 file\. 1 environment was not searched\.\n$/);
      expect(code).toBe(0);
      expect(await scriptPaths(folder)).toEqual([join(folder, "src", "a.py")]);
      expect(await found("src/tools")).toEqual([join("src", "tools", "lib", "x.py")]);
    },
  );

  test("reads endings in any case, programs without a console, and what R Markdown and Quarto run in Python", async () => {
    await write("A.IPYNB", JSON.stringify({ nbformat: 4, metadata: {}, cells: [] }));
    for (const name of ["b.PY", "c.pyw"]) await write(name);
    for (const name of ["d.qmd", "e.Rmd"]) await write(name, "# A page\n\n```{python}\nx = 1\n```\n");
    await write("f.qmd", "```{r}\nx <- 1\n```\n");
    await write("g.Rmd", "```python\nx = 1\n```\n");
    expect(await found(".")).toEqual(["A.IPYNB", "b.PY", "c.pyw", "d.qmd", "e.Rmd"]);
  });

  test("says of a link to a folder elsewhere that it was not followed, which --strict does not pass", async () => {
    await write("elsewhere/x.py");
    await write("src/a.py");
    await symlink(join(folder, "elsewhere"), join(folder, "src", "linked"));
    const { code, out } = await run("src");
    expect(out).toMatch(
      /^src.linked: not read: It is a link to .+elsewhere, and links to folders are not followed\..+\[search\/link\]$/m,
    );
    expect(out).toMatch(/\n0 findings in 1 file\. 1 linked folder was not followed\.\n$/);
    expect(code).toBe(0);
    expect((await run("src", "--strict")).code).toBe(1);
    const both = await run("src", "elsewhere", "--strict");
    expect(both).toEqual({ code: 0, out: "0 findings in 2 files.\n" });
  });

  test.each(formats.map(({ name }) => name))("says in %s what it left out", async (format) => {
    await write("elsewhere/x.py");
    await write("src/tools/pyvenv.cfg", "");
    await symlink(join(folder, "elsewhere"), join(folder, "src", "linked"));
    const { code, out } = await run("src", "--format", format, "--strict");
    expect(code).toBe(1);
    for (const said of ["tools", "pyvenv.cfg", "linked", "elsewhere"]) expect(out).toContain(said);
  });

  test.each(formats.map(({ name }) => name))(
    "says in %s that a folder could not be searched, looks at the others, and does not pass",
    async (format) => {
      await write("src/locked/x.py");
      await write("src/open/y.py");
      await chmod(folder, 0o755);
      await chmod(join(folder, "src", "locked"), 0);
      const { code, out } = await asNobody(() => run("src", "--format", format));
      await chmod(join(folder, "src", "locked"), 0o755);
      expect(code).toBe(2);
      expect(out).toMatch(/src.locked/);
      expect(out).toContain("It is a folder that cannot be searched (EACCES: permission denied");
      expect(out).toMatch(/0 findings in 1 file\. 1 folder could not be searched\./);
      const failed = { sarif: '"executionSuccessful": false', junit: 'errors="1"', github: "::error file=" };
      expect(out).toContain(failed[format as keyof typeof failed] ?? "");
    },
  );

  test("knows of nothing in a folder that it cannot search: not that it is empty, nor that what a baseline lists there is gone", async () => {
    const leak = [
      "import pandas as pd",
      "df = pd.read_csv('x.csv')",
      "X = StandardScaler().fit_transform(df[['a', 'b']])",
      "X_train, X_test, y_train, y_test = train_test_split(X, df['y'])",
      "SVC().fit(X_train, y_train).score(X_test, y_test)",
    ];
    await write("src/locked/x.py", `${leak.join("\n")}\n`);
    expect((await run("src", "--write-baseline", "leaks.json")).out).toContain("1 finding in the baseline");
    await chmod(folder, 0o755);
    await chmod(join(folder, "src", "locked"), 0);
    const { code, out } = await asNobody(() => run("src", "--baseline", "leaks.json"));
    const written = await asNobody(() => run("src", "--write-baseline", "leaks.json"));
    await chmod(join(folder, "src", "locked"), 0o755);
    expect({ code, out }).toEqual({
      code: 2,
      out: expect.stringMatching(
        /^src.locked: was not read: .+ \[search\/unreadable\]\n\n0 findings in 0 files\. 1 folder could not be searched\.\n$/,
      ),
    });
    expect(written.code).toBe(2);
    expect((await run("src", "--baseline", "leaks.json")).out).toContain("1 finding in the baseline");
  });

  test("does not pass a folder without a notebook or script under --strict", async () => {
    await write("src/notes.txt", "");
    const said = "not read: There is no notebook or script here. There is no answer about anything.";
    expect(await run("src")).toEqual({ code: 0, out: `${said}\n\n0 findings in 0 files.\n` });
    expect((await run("src", "--strict")).code).toBe(1);
    expect((await run("src", "--format", "github", "--strict")).out).toContain(
      `::warning title=Not searched::${said}`,
    );
    expect((await run("src", "--format", "junit")).out).toMatch(/tests="1" failures="0" .*skipped="1"/);
    expect((await run("src", "--format", "junit", "--strict")).out).toMatch(
      /tests="1" failures="1" .*skipped="0"/,
    );
  });
});
