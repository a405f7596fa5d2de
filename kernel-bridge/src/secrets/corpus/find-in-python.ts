import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { secretTable } from "../table/secret-table.ts";

const script = `
import json, sys, time
sys.path.insert(0, sys.argv[1])
from observer.secrets.find import Finder

def sought_one_by_one(literals, text):
    hits = {}
    for literal in sorted(literals, key=len, reverse=True):
        at = text.find(literal)
        while at >= 0:
            hits.setdefault(at, literal)
            at = text.find(literal, at + 1)
    return hits

asked = json.load(sys.stdin)
finder = Finder(asked["table"])
answers = []
for text in asked["texts"]:
    ms = float("inf")
    for _ in range(2):
        began = time.process_time()
        found = finder.find(text)
        ms = min(ms, (time.process_time() - began) * 1000)
    shapes = finder.shapes
    whole = shapes.starts.find(text) == sought_one_by_one(shapes.of_start, text)
    answers.append({"found": found, "ms": ms, "whole": whole})
json.dump(answers, sys.stdout)
`;

export interface PythonAnswer {
  /** Start and end in code points, and the kind. */
  readonly found: readonly (readonly [number, number, string])[];
  /** Of a processor, not of the clock: the lesser of two, for a busy machine disturbs one. */
  readonly ms: number;
  /** Whether its search for how secrets begin found what a search for each beginning finds. */
  readonly whole: boolean;
}

/** What the kernel's side finds in some texts, with a Python that has nothing but its standard library. */
export function findInPython(texts: readonly string[]): PythonAnswer[] {
  const folder = join(import.meta.dirname, "..", "..", "..", "python");
  const answer = execFileSync("python3", ["-I", "-S", "-B", "-c", script, folder], {
    input: JSON.stringify({ table: secretTable, texts }),
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  return JSON.parse(answer);
}
