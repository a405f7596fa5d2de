import { rules } from "@lookback/language/leakage/rules/rules.ts";
import { readNotebook } from "@lookback/language/notebook/read-notebook.ts";
import { beforeAll, expect, test } from "vitest";
import { loadPython } from "../../../files/load-python.ts";
import { checkFile } from "../check-file.ts";
import { findSettings } from "../find-settings.ts";
import { planFixes } from "./plan-fixes.ts";

let world: Parameters<typeof checkFile>[2];
beforeAll(async () => {
  world = { python: await loadPython(), cwd: "/", settings: findSettings("/", []) };
});

const plans = new Map<string, ReturnType<typeof planFixes>>();
const examples = rules.flatMap(({ id, examples }) =>
  examples.map(({ title, code }) => [id, title, code] as const),
);

test.each(examples)(
  "%s, %s: an automatic fix can be written, into a script and a notebook",
  async (_, __, code) => {
    const fixed = await Promise.all(
      [["a.py", code] as const, ["a.ipynb", notebookOf(code)] as const].map(async ([path, text]) => {
        const plan = await planOf(path, text);
        expect(
          plan?.left.filter(
            (line) => !/: there is (no fix for it|only a suggestion)| is not offered: /.test(line),
          ),
        ).toEqual([]);
        return plan?.fixed.map(({ line }) => line.replace(/^.*column \d+/, ""));
      }),
    );
    expect(fixed[0]).toEqual(fixed[1]);
  },
);

test("some of them have one", async () => {
  const made = await Promise.all(examples.map(([, , code]) => planOf("a.py", code)));
  expect(made.filter((plan) => (plan?.fixed.length ?? 0) > 0).length).toBeGreaterThan(5);
});

/** What the fixes make of a text, planned once. */
function planOf(path: string, text: string): ReturnType<typeof planFixes> {
  const key = `${path} ${text}`;
  const plan =
    plans.get(key) ?? checkFile(path, Buffer.from(text), world).then((file) => planFixes(file, world, false));
  plans.set(key, plan);
  return plan;
}

function notebookOf(code: string): string {
  const cells = readNotebook(code, "a.py").value.cells.map(({ id, source }) => ({
    cell_type: "code",
    id,
    metadata: {},
    outputs: [],
    source: source.match(/[^\n]*\n|[^\n]+/g) ?? [],
  }));
  return JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 }, null, 1);
}
