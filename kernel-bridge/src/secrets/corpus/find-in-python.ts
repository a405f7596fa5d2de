import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { secretTable } from "../secret-table.ts";

const script = `
import json, sys, time
sys.path.insert(0, sys.argv[1])
from observer.secrets.find import Finder
asked = json.load(sys.stdin)
finder = Finder(asked["table"])
answers = []
for text in asked["texts"]:
    began = time.process_time()
    found = finder.find(text)
    answers.append({"found": found, "ms": (time.process_time() - began) * 1000})
json.dump(answers, sys.stdout)
`;

export interface PythonAnswer {
  /** Start and end in code points, and the kind. */
  readonly found: readonly (readonly [number, number, string])[];
  /** Of a processor, not of the clock. */
  readonly ms: number;
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
