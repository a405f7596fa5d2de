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
      name: "written to through a file that an earlier cell left open",
      cells: ['f = open("o.csv", "w"); _ = f.write("a\\n"); f.flush()', '_ = f.write("1\\n"); f.close()'],
      expects: {
        writes: [
          { path: "o.csv", cell: 0, bytes: { text: "a\n" } },
          { path: "o.csv", cell: 1 },
        ],
      },
    },
    {
      name: "read, then overwritten in a later cell",
      setup: 'open("d.csv", "w").write("a\\n1\\n")',
      cells: ['text = open("d.csv").read()', 'with open("d.csv", "w") as f: f.write("a\\n2\\n")'],
      expects: { reads: [{ path: "d.csv", bytes: "after-setup" }], writes: [{ path: "d.csv", cell: 1 }] },
    },
  ],
};
