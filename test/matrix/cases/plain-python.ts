import type { CaptureCases } from "../capture-case.ts";

export const plainPython: CaptureCases = {
  library: "Python itself",
  needs: [],
  cases: [
    {
      name: "open, read",
      setup: 'open("d.csv", "w").write("a\\n1\\n")',
      cells: ['text = open("d.csv").read()'],
      expects: { reads: ["d.csv"] },
    },
    {
      name: "open, write",
      cells: ['with open("o.csv", "w") as f: f.write("a\\n1\\n")'],
      expects: { writes: ["o.csv"] },
    },
    {
      name: "a file without an ending",
      setup: 'open("iris", "w").write("1,2\\n")',
      cells: ['rows = open("iris").readlines()'],
      expects: { reads: ["iris"] },
    },
    {
      name: "read, then overwritten in a later cell",
      setup: 'open("d.csv", "w").write("a\\n1\\n")',
      cells: ['text = open("d.csv").read()', 'with open("d.csv", "w") as f: f.write("a\\n2\\n")'],
      expects: { reads: [{ path: "d.csv", bytes: "after-setup" }], writes: [{ path: "d.csv", cell: 1 }] },
    },
  ],
};
