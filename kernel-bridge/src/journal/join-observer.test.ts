import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { expect, it } from "vitest";
import { secretTable } from "../secrets/table/secret-table.ts";
import { joinObserver } from "./join-observer.mjs";

const folder = join(import.meta.dirname, "..", "..", "python", "observer");

it("is the same text each time, in ASCII, and holds every module", () => {
  const text = joinObserver(folder);
  expect(joinObserver(folder)).toBe(text);
  expect(text).toMatch(/^[\x20-\x7e\n]*$/);
  for (const name of ["", "start", "libraries", "libraries.duckdb"])
    expect(text).toContain(`${JSON.stringify(name)}: "`);
});

it("observes a Python that has nothing but its standard library, and gives it no name", () => {
  const script = `
import sys, json, tempfile, os, time
folder = tempfile.mkdtemp()
class Events:
    def register(self, name, call): self.__dict__[name] = call
class Shell:
    events = Events()
    execution_count = 1
    user_ns = {}
settings = {"root": folder, "journal": folder + "/journal/s.jsonl", "notebook": "n.ipynb", "startedFrom": None, "agents": [], "secrets": json.loads(sys.argv[1])}
observed = {"sdk": folder, "compiler": [], "observed": settings}
space = {}
exec(compile(sys.stdin.read(), "observe.py", "exec"), space)
before = set(globals())
shell = Shell()
space["main"](observed, shell)
space["main"](observed, shell)
class Info:
    cell_id, raw_cell, store_history = "c", "open(...)", True
class Result:
    error_before_exec = error_in_exec = None
shell.events.pre_run_cell(Info)
open(folder + "/d.csv", "w").close()
shell.events.post_run_cell(Result)
print(set(globals()) - before - {"before", "shell", "Info", "Result"}, Shell.user_ns)
print([json.loads(line)["t"] for line in open(settings["journal"]) if "environment" not in line])
`;
  const printed = execFileSync("python3", ["-I", "-S", "-c", script, JSON.stringify(secretTable)], {
    input: joinObserver(folder),
    encoding: "utf8",
  });
  expect(printed).toBe("set() {}\n['session', 'cell', 'write', 'write', 'done']\n");
});
