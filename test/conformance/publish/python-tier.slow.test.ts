import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pythonPlaces } from "@lookback/kernel-bridge/processes/python-places.ts";
import type { PlanValue } from "@lookback/pipeline/plan/plan.ts";
import type { Release } from "@lookback/pipeline/plan/read-release.ts";
import { riskPlan } from "@lookback/pipeline/serve/fixture-release.ts";
import { loadModel } from "@lookback/pipeline/serve/runtimes/load-model.ts";
import { briefly } from "@lookback/pipeline/serve/runtimes/runtime-world.ts";
import { exporterSource } from "@lookback/service/publish/rehearse/exporter-source.ts";
import { type Exported, type FittedAnswer, readExport } from "@lookback/service/publish/tier/read-export.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "lookback-python-tier-"));
const exports = join(folder, "exports");
const python = process.env.LOOKBACK_PYTHON ?? pythonPlaces(process.cwd(), process.env)[0]!;

const MODELS = "mixed boosted stacked margin halved nearest search process several lambda words forest".split(
  " ",
);

beforeAll(async () => {
  const exporter = join(folder, "exporter.py");
  writeFileSync(exporter, await exporterSource());
  mkdirSync(exports);
  execFileSync(python, [join(import.meta.dirname, "export_models.py"), exporter, exports], {
    stdio: "inherit",
  });
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true }));

/** What the exporter wrote is what the worker reads: the rows, the types and the answers of the one are those of the other. */
describe("a model that was exported as a Python object", () => {
  it("is one of those that are asked for here", () => {
    expect(readdirSync(exports).sort()).toEqual([...MODELS].sort());
  });

  it.each(MODELS)("answers and refuses as the fitted one did: %s", async (name) => {
    const exported = await readExport(join(exports, name));
    const model = await loadModel(
      releaseOf(exported),
      briefly({ stateDir: folder, workspaceRoot: folder, env: { ...process.env, LOOKBACK_PYTHON: python } }),
    );
    const { output, sample, hostile } = exported;
    const told = (answer: Readonly<Record<string, PlanValue>>) => {
      const values = (output.classes ?? output.names ?? ["answer"]).map((key) => answer[key]!);
      return output.kind === "probability" || output.names !== null ? values : values[0]!;
    };
    try {
      const answers = (await model.answer(sample.rows)).map(told);
      expect(answers.length).toBeGreaterThan(20);
      expect(differing(answers, sample.expected)).toEqual([]);
      expect(hostile.rows.length).toBeGreaterThan(5);
      const alone = await Promise.all(
        hostile.rows.slice(0, 200).map((row) =>
          model.answer([row]).then(
            ([answer]) => told(answer!),
            () => null,
          ),
        ),
      );
      expect(differing(alone, hostile.expected.slice(0, 200))).toEqual([]);
    } finally {
      await model.close();
    }
  });
});

function differing(found: readonly unknown[], wanted: readonly FittedAnswer[]) {
  return wanted.flatMap((each, at) =>
    near(found[at], each) ? [] : [{ at, found: found[at], wanted: each }],
  );
}

function near(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((each, at) => near(each, b[at]));
  if (typeof a === "number" && typeof b === "number")
    return Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(b));
  return a === b;
}

function releaseOf({ inputs, output, python: told }: Exported): Release {
  const plan = riskPlan(1);
  const { bytes, runtime } = told!;
  return {
    ...{
      dir: folder,
      digest: "",
      model: bytes,
      modelSha256: createHash("sha256").update(bytes).digest("hex"),
    },
    plan: {
      ...plan,
      model: {
        ...plan.model,
        runtime: { kind: "python", because: "it is asked for here", ...runtime },
        inputs: inputs.map((input) => ({ ...input, from: "request" as const })),
        output: { name: "answer", positiveClass: null, ...output },
      },
    },
  };
}
