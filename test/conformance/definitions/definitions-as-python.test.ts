import { execFileSync } from "node:child_process";
import { mayBeJoined } from "@lookback/language/features/may-be-joined.ts";
import { readDefinitions } from "@lookback/language/features/read/read-definitions.ts";
import { readNotebook } from "@lookback/language/notebook/read-notebook.ts";
import { loadPython } from "@lookback/service/files/load-python.ts";
import { expect, test } from "vitest";
import { type RandomDefinitions, randomDefinitions } from "./random-definitions.ts";

/** How many programs, and from which seed: more of them find more. */
const count = Number(process.env.LOOKBACK_RANDOM_DEFINITIONS ?? 400);
const first = Number(process.env.LOOKBACK_RANDOM_SEED ?? 1);

const python = await loadPython();

test("what the text says a training set is, Python holds; or the text refuses", () => {
  const cases = Array.from({ length: count }, (_, at) => randomDefinitions(first + at));
  const held = asPythonHolds(cases);
  const wrong: string[] = [];
  let joined = 0;
  let ran = 0;
  for (const [at, each] of cases.entries()) {
    const truth = held[at];
    if (truth === null || truth === undefined || typeof truth === "string") continue;
    ran++;
    const said = asTextSays(each);
    if (said === null) continue;
    joined++;
    const real = meaning(truth);
    if (said !== real)
      wrong.push(`seed ${first + at}\n${each.program}\nconf: ${each.conf}\ntext:   ${said}\nPython: ${real}`);
  }
  if (process.env.LOOKBACK_RANDOM_DEFINITIONS)
    console.info(
      `${count} programs, ${ran} ran to their end, ${joined} of them joined, ${wrong.length} wrong`,
    );
  expect(wrong.slice(0, 3).join("\n\n")).toBe("");
  // A reader that refuses everything would pass.
  expect(joined / ran).toBeGreaterThan(0.1);
});

interface Described {
  readonly entities: readonly { readonly name: string; readonly joinKeys: unknown }[];
  readonly sources: readonly {
    readonly name: string;
    readonly path: unknown;
    readonly timestampField: unknown;
  }[];
  readonly views: readonly {
    readonly name: string;
    readonly source: unknown;
    readonly entities: unknown;
    readonly ttlUs: unknown;
    readonly delayUs: unknown;
    readonly features: readonly { readonly name: string }[];
  }[];
  readonly trainingSets: readonly {
    readonly name: string;
    readonly spine: unknown;
    readonly features: unknown;
  }[];
}

function asTextSays({ program, conf }: RandomDefinitions): string | null {
  const files = { "conf.py": conf, "defs.py": program };
  const notebooks = Object.entries(files).map(
    ([name, text]) => readNotebook(text, `file:///w/${name}`).value,
  );
  const { definitions } = mayBeJoined(readDefinitions(notebooks, python, "/w"), "rows");
  return definitions && definitions.trainingSets.length > 0 ? meaning(definitions) : null;
}

/** What decides a join, in one text. */
function meaning({ entities, sources, views, trainingSets }: Described): string {
  const source = (name: unknown) => {
    const found = sources.find((each) => each.name === name);
    return [found?.path, found?.timestampField];
  };
  const [set] = trainingSets.slice(-1);
  return JSON.stringify([
    set && [source(set.spine), set.features],
    views.map((view) => [
      view.name,
      source(view.source),
      view.ttlUs,
      view.delayUs,
      view.features.map(({ name }) => name),
      entities
        .filter(({ name }) => JSON.stringify(view.entities).includes(name))
        .map(({ joinKeys }) => joinKeys),
    ]),
  ]);
}

function asPythonHolds(cases: readonly RandomDefinitions[]): readonly (Described | string | null)[] {
  const script = new URL("as_python_holds.py", import.meta.url).pathname;
  const sdk = new URL("../../../kernel-bridge/python", import.meta.url).pathname;
  const answer = execFileSync(process.env.LOOKBACK_PYTHON ?? "python3", [script], {
    input: JSON.stringify(cases),
    env: { ...process.env, PYTHONPATH: sdk },
    maxBuffer: 1 << 28,
    encoding: "utf8",
  });
  return JSON.parse(answer) as readonly (Described | string | null)[];
}
