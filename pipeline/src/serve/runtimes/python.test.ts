import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PlanModel } from "../../plan/plan.ts";
import { isAlive, type PythonModels, pythonModels } from "../fixture-python.ts";
import { loadModel } from "./load-model.ts";
import type { Model } from "./model.ts";
import { DEFAULT_LIMITS } from "./runtime-world.ts";

let made: PythonModels;
const open: Model[] = [];
const plain = new Map<string, Promise<Model>>();
beforeAll(() => {
  made = pythonModels();
});
afterAll(() => Promise.all(open.map((model) => model.close())));

/** As it is: loaded once. */
function loaded(name: string): Promise<Model> {
  const model = plain.get(name) ?? load(name);
  plain.set(name, model);
  return model;
}

async function load(
  name: string,
  change?: (model: PlanModel) => PlanModel,
  world = made.world(),
): Promise<Model> {
  const model = await loadModel(made.release(name, change), world);
  open.push(model);
  return model;
}

describe("answers as the fitted object does", () => {
  it("on a frame of every type, with what is missing", async () => {
    const { rows, expected } = made.models.frame!;
    expect(rows.flat().filter((value) => value === null).length).toBeGreaterThan(10);
    const model = await loaded("frame");
    expect(await model.answer(rows)).toEqual(expected.map((late) => ({ late })));
    expect(await model.answer([rows[3]!])).toEqual([{ late: expected[3] }]);
  });

  it("with a number, or with several by their names", async () => {
    for (const [name, keys] of [
      ["array", ["y"]],
      ["several", ["north", "south"]],
      ["counts", ["y"]],
    ] as const) {
      const { rows, expected } = made.models[name]!;
      const answers = await (await loaded(name)).answer(rows);
      expect(answers.length).toBeGreaterThan(0);
      expect(answers).toEqual(
        expected.map((each) => Object.fromEntries([each].flat().map((value, at) => [keys[at], value]))),
      );
    }
  });

  it("on texts, with every class or with one", async () => {
    const { rows, expected } = made.models.texts!;
    const all = expected as number[][];
    expect(await (await loaded("texts")).answer(rows)).toEqual(
      all.map(([down, flat, up]) => ({ down, flat, up })),
    );
    const one = await load("texts", (model) => ({
      ...model,
      output: { ...model.output, positiveClass: "flat" },
    }));
    expect(await one.answer(rows)).toEqual(all.map(([, flat]) => ({ mood: flat })));
  });

  it.each([
    ["label", "INT64"],
    ["named", "BYTES"],
    ["true", "BOOL"],
    ["large", "INT64"],
  ])("with a %s where it has no probabilities, as %s", async (name, datatype) => {
    const { rows, expected } = made.models[name]!;
    const model = await loaded(name);
    expect(await model.answer(rows)).toEqual(expected.map((species) => ({ species })));
    expect(model.datatypes()).toEqual([datatype]);
    expect(new Set(expected).size).toBeGreaterThan(1);
  });
});

describe("refuses", () => {
  const frameRow = (change: Record<string, unknown>) => {
    const { inputs, rows } = made.models.frame!;
    return [
      inputs.map(({ name }, at) => (name in change ? change[name] : rows[0]![at])) as (string | number)[],
    ];
  };
  it.each([
    [
      "a whole number that is missing, as the model does,",
      { kids: null },
      /it refused the rows \(ValueError: Input X contains NaN\)/,
    ],
    [
      "a truth that is missing, as the model does,",
      { member: null },
      /it refused the rows \(ValueError: Input X contains NaN\)/,
    ],
    [
      "a number that its type cannot hold",
      { small: 200 },
      /input small does not fit int8.*200 is not between -128 and 127/,
    ],
    ["a moment that is none", { seen: "soon" }, /input seen does not fit datetime64/],
  ])("%s", async (_, change, message) => {
    const model = await loaded("frame");
    await expect(model.answer(frameRow(change))).rejects.toMatchObject({
      code: "serve/no-answer",
      message: expect.stringMatching(message),
    });
    expect(await model.answer(frameRow({}))).toHaveLength(1);
  });

  it("has an array of floats where a whole number of it is missing, and the model its say", async () => {
    const model = await loaded("counts");
    await expect(model.answer([[1], [null]])).rejects.toMatchObject({
      message: expect.stringContaining("Input X contains NaN"),
    });
    await expect(model.answer([[1.5]])).rejects.toMatchObject({
      message: expect.stringContaining("input x0 does not fit int8"),
    });
  });

  it("shows a category that it does not know as missing, as a cast to the type does", async () => {
    const model = await loaded("frame");
    const [unknown] = await model.answer(frameRow({ "Plan Kind": "z" }));
    const [missing] = await model.answer(frameRow({ "Plan Kind": null }));
    expect(unknown).toEqual(missing);
  });

  it.each([
    ["what is not a number", 16, "it answered nan, which is not a number"],
    ["what it cannot do, in one line", 17, "it refused the rows (ValueError: not this one)"],
    ["to end", 18, "it refused the rows (SystemExit: 5)"],
    ["another number of rows", 19, "it gave 2 answers for 1 rows"],
    ["what JSON cannot hold", 21, "it answered a object, which is neither a number nor a text nor a truth"],
  ])("%s", async (_, asked, what) => {
    const model = await loaded("odd");
    await expect(model.answer([[asked]])).rejects.toMatchObject({
      code: "serve/no-answer",
      message: `The model has no answer: ${what}. No prediction was made.`,
    });
    expect(await model.answer([[4]])).toEqual([{ y: 8 }]);
  });

  it.each<[string, string, (model: PlanModel) => PlanModel, RegExp]>([
    [
      "other columns than it was fitted on",
      "frame",
      reversed,
      /it was fitted on age, kids.*the plan names small/,
    ],
    [
      "another number of columns",
      "array",
      (model) => ({ ...model, inputs: model.inputs.slice(1) }),
      /fitted on 3 columns, the plan names 2/,
    ],
    [
      "other classes",
      "texts",
      (model) => ({ ...model, output: { ...model.output, classes: ["down", "up", "flat"] } }),
      /it knows the classes down, flat, up/,
    ],
    [
      "an object that ends what loads it",
      "dying",
      (model) => model,
      /does not live \(it ended with code 4\)/,
    ],
  ])("to be deployed with %s", async (_, name, change, message) => {
    await expect(load(name, change)).rejects.toMatchObject({
      code: "serve/bad-model",
      message: expect.stringMatching(message),
    });
  });

  function reversed(model: PlanModel): PlanModel {
    return { ...model, inputs: [...model.inputs].reverse() };
  }
});

describe("outlives what a model does", () => {
  it("keeps what is printed out of the answers, and has nothing to be read", async () => {
    const heard: unknown[] = [];
    const world = made.world({ log: (event, { text }) => event === "a model printed" && heard.push(text) });
    const model = await load("odd", undefined, world);
    expect(await model.answer([[15]])).toEqual([{ y: 30 }]);
    await expect.poll(() => heard).toEqual(["printed to whoever reads", "and past Python"]);
  });

  it("starts another when the process ends, and answers others meanwhile", async () => {
    const ended: unknown[] = [];
    const log = (event: string, data: Readonly<Record<string, unknown>>) =>
      event === "a worker ended" && ended.push(data.how);
    const model = await load(
      "odd",
      undefined,
      made.world({ log, limits: { ...DEFAULT_LIMITS, workers: 2 } }),
    );
    const died = model.answer([[13]]);
    const others = Array.from({ length: 6 }, (_, at) => model.answer([[at + 1]]));
    await expect(died).rejects.toMatchObject({
      code: "serve/worker-ended",
      data: { how: "it ended with code 3" },
    });
    expect((await Promise.all(others)).flat()).toEqual([2, 4, 6, 8, 10, 12].map((y) => ({ y })));
    expect(ended).toEqual(["it ended with code 3"]);
    await expect.poll(() => model.health()).toMatchObject({ ready: 2, restarts: 1, reason: null });
    expect(await model.answer([[3]])).toEqual([{ y: 6 }]);
  });

  it.each([
    ["waits", 14],
    ["keeps the interpreter to itself", 20],
  ])("ends a process that %s for longer than it may", async (_, asked) => {
    const limits = { workers: 1, answerMs: 1_500, waiting: 4 };
    const model = await load("odd", undefined, made.world({ limits }));
    const [first] = await model.answer([[22]]);
    const pid = Number(first!.y);
    expect(isAlive(pid)).toBe(true);
    await expect(model.answer([[asked]])).rejects.toMatchObject({ code: "serve/timeout" });
    await expect.poll(() => isAlive(pid)).toBe(false);
    await expect.poll(() => model.health()!.ready).toBe(1);
    expect(await model.answer([[2]])).toEqual([{ y: 4 }]);
  });

  it("is closed when what it was asked is answered, and leaves no process", async () => {
    const model = await load("odd");
    const [first] = await model.answer([[22]]);
    const answer = model.answer([[23]]);
    await model.close();
    expect(await answer).toEqual([{ y: 46 }]);
    expect(isAlive(Number(first!.y))).toBe(false);
    await expect(model.answer([[1]])).rejects.toMatchObject({ code: "serve/no-active-version" });
  });

  it("is closed at once where it takes too long", async () => {
    const model = await load("odd");
    const [first] = await model.answer([[22]]);
    const refused = expect(model.answer([[14]])).rejects.toMatchObject({ code: "serve/worker-ended" });
    await model.close(100);
    await refused;
    expect(isAlive(Number(first!.y))).toBe(false);
  });
});
