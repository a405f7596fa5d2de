import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { startupLine } from "./startup-commands.ts";

const top = mkdtempSync(join(tmpdir(), "lookback-startup-"));
const prepared = join(top, "kernel-start");
const file = join(prepared, "startup.py");
for (const folder of [prepared, join(top, "outer/inner/deep"), join(top, "elsewhere")])
  mkdirSync(folder, { recursive: true });
const python = join(import.meta.dirname, "../../../../kernel-bridge/python/lookback_startup.py");
writeFileSync(file, `SETTINGS = ${JSON.stringify({ prepared })}\n${readFileSync(python, "utf8")}`);

/** Instead of an observer: what says under which session, and where, it was started. */
const observer = (name: string) => `get_ipython().started = ["${name}", "lookback-pending-session"]`;
for (const [name, folder] of [
  ["outer", "outer"],
  ["inner", "outer/inner"],
]) {
  const content = { folder: join(top, folder ?? ""), code: observer(name ?? "") };
  writeFileSync(join(prepared, `${name}.json`), JSON.stringify(content));
}

/** What a shell knows after it ran the line of the setting, twice, in a folder. */
function startIn(folder: string): {
  started: [string, string] | null;
  session: string | null;
  names: string[];
} {
  const program = `
import json
from IPython.core.interactiveshell import InteractiveShell
shell = InteractiveShell.instance()
before = set(shell.user_ns)
for _ in range(2):
    shell.run_cell(${JSON.stringify(startupLine(file))}, store_history=False, silent=True)
names = sorted(name for name in set(shell.user_ns) - before if not name.startswith("_"))
print(json.dumps({"started": getattr(shell, "started", None), "session": getattr(shell, "lookback_session", None), "names": names}))
`;
  const python = process.env.LOOKBACK_PYTHON ?? join(import.meta.dirname, "../../../../.venv/bin/python");
  return JSON.parse(execFileSync(python, ["-c", program], { cwd: join(top, folder), encoding: "utf8" }));
}

it("starts the observer of the innermost open folder, once, under a session of the kernel's own", () => {
  const { started, session, names } = startIn("outer/inner/deep");
  expect(started).toEqual(["inner", session]);
  expect(session).toMatch(/^[0-9a-f]{32}$/);
  expect(names).toEqual([]);
  expect(startIn("outer").started?.[0]).toBe("outer");
  expect(startIn("outer").session).not.toBe(session);
});

it("does nothing in a folder that is not open", () => {
  expect(startIn("elsewhere")).toEqual({ started: null, session: null, names: [] });
});

it("lets a kernel start whatever is wrong with what was prepared", () => {
  writeFileSync(join(prepared, "half.json"), "{");
  expect(startIn("outer").started?.[0]).toBe("outer");
  writeFileSync(join(prepared, "wrong.json"), "{}");
  expect(startIn("outer")).toEqual({ started: null, session: null, names: [] });
});
