import { expect, it } from "vitest";
import { openPool, type Pool } from "./pool.ts";
import type { Reply, Worker } from "./worker.ts";

/** Processes that answer when they are told to. */
function processes() {
  const made: FakeWorker[] = [];
  let refusal: Error | null = null;
  return {
    made,
    refuseWith(error: Error | null) {
      refusal = error;
    },
    async start(): Promise<Worker> {
      if (refusal !== null) throw refusal;
      const worker = new FakeWorker();
      made.push(worker);
      return worker;
    },
    /** The one that has a request to answer. */
    asked(request: unknown) {
      return made.find((each) => each.request === request);
    },
  };
}

class FakeWorker implements Worker {
  readonly pid = 0;
  readonly ended: Promise<string>;
  request: unknown = null;
  isEnded = false;
  #tellEnd!: (how: string) => void;
  #told: { resolve: (reply: Reply) => void; reject: (error: unknown) => void } | null = null;

  constructor() {
    this.ended = new Promise((resolve) => {
      this.#tellEnd = resolve;
    });
  }

  ask(request: unknown): Promise<Reply> {
    expect(this.request).toBeNull();
    this.request = request;
    return new Promise((resolve, reject) => {
      this.#told = { resolve, reject };
    });
  }

  answer(): void {
    const told = this.#told!;
    const { request } = this;
    this.request = null;
    told.resolve(reply(request));
  }

  kill(): void {
    if (this.isEnded) return;
    this.isEnded = true;
    this.#told?.reject(new Error("it was ended"));
    this.#tellEnd("it was ended");
  }

  async end(): Promise<void> {
    this.kill();
  }
}

function reply(request: unknown): Reply {
  return { rows: [[String(request)]], kinds: ["BYTES"] };
}

const limits = { workers: 2, answerMs: 60_000, waiting: 2 };
const atOnce = () => 0;

it("gives one request to each, in the order that they came, and refuses what is more than may wait", async () => {
  const fake = processes();
  const pool = await openPool(fake.start, limits);
  const answers = ["a", "b", "c", "d"].map((each) => pool.ask(each));
  expect(pool.health()).toEqual({ workers: 2, ready: 2, restarts: 0, waiting: 2, reason: null });
  await expect(pool.ask("e")).rejects.toMatchObject({
    code: "serve/busy",
    message: "The model is busy: 2 requests wait for a worker already. No prediction was made.",
  });
  fake.asked("b")!.answer();
  expect(await answers[1]).toEqual(reply("b"));
  expect(fake.asked("c")).toBeDefined();
  expect(fake.asked("d")).toBeUndefined();
  for (const each of ["a", "c"]) fake.asked(each)!.answer();
  await Promise.all([answers[0], answers[2]]);
  fake.asked("d")!.answer();
  expect(await answers[3]).toEqual(reply("d"));
  await pool.close(0);
});

it("costs the request that it answers when one ends, and starts another", async () => {
  const fake = processes();
  const pool = await openPool(fake.start, limits, atOnce);
  const [lost, kept] = [pool.ask("lost"), pool.ask("kept")];
  fake.asked("lost")!.kill();
  await expect(lost).rejects.toThrow("it was ended");
  fake.asked("kept")!.answer();
  expect(await kept).toEqual(reply("kept"));
  await expect.poll(() => pool.health()).toMatchObject({ ready: 2, restarts: 1 });
  await pool.close(0);
});

it("waits longer and longer for one that goes on ending, and no longer once it has answered", async () => {
  const fake = processes();
  const asked: number[] = [];
  const pool = await openPool(fake.start, { ...limits, workers: 1 }, (failures) => {
    asked.push(failures);
    return 0;
  });
  for (let round = 1; round <= 3; round++) {
    fake.made.at(-1)!.kill();
    await expect.poll(() => fake.made.length).toBe(round + 1);
  }
  const answered = pool.ask("a");
  fake.asked("a")!.answer();
  await answered;
  fake.made.at(-1)!.kill();
  await expect.poll(() => fake.made.length).toBe(5);
  expect(asked).toEqual([0, 1, 2, 0]);
  await pool.close(0);
});

it("refuses at once, and what waits, when none can be started, and says why until one can", async () => {
  const fake = processes();
  const pool = await openPool(fake.start, { ...limits, workers: 1 }, (failures) => (failures < 3 ? 20 : 300));
  fake.refuseWith(new Error("numpy is 2.0, the model was fitted with 2.1"));
  fake.made[0]!.kill();
  await expect.poll(() => pool.health().ready).toBe(0);
  const said = {
    code: "serve/no-worker",
    message:
      "No Python process runs the model: numpy is 2.0, the model was fitted with 2.1. No prediction was made.",
  };
  await expect(pool.ask("waits")).rejects.toMatchObject(said);
  await expect(pool.ask("at once")).rejects.toMatchObject(said);
  expect(pool.health().reason).toMatch(/numpy is 2.0/);
  fake.refuseWith(null);
  await expect.poll(() => pool.health()).toMatchObject({ ready: 1, reason: null });
  await pool.close(0);
});

it("ends what does not answer in time, and refuses what waited for as long, which costs no process", async () => {
  const fake = processes();
  const pool = await openPool(fake.start, { workers: 1, answerMs: 200, waiting: 4 }, () => 60_000);
  const hangs = expect(pool.ask("hangs")).rejects.toMatchObject({ code: "serve/timeout" });
  const waits = expect(pool.ask("waits")).rejects.toMatchObject({ code: "serve/busy" });
  await Promise.all([hangs, waits]);
  expect(fake.made[0]!.isEnded).toBe(true);
  expect(fake.made).toHaveLength(1);
  await pool.close(0);
});

it("gives what waited the whole time to be answered in", async () => {
  const fake = processes();
  const pool = await openPool(fake.start, { workers: 1, answerMs: 300, waiting: 4 });
  const first = pool.ask("first");
  const second = pool.ask("second");
  await pause(200);
  fake.asked("first")!.answer();
  await first;
  await pause(200);
  fake.asked("second")!.answer();
  expect(await second).toEqual(reply("second"));
  await pool.close(0);
});

it("closes after what was asked is answered, what waits too, and ends every process", async () => {
  const fake = processes();
  const pool = await openPool(fake.start, { ...limits, workers: 1 });
  const answers = ["a", "b"].map((each) => pool.ask(each));
  const closed = isDone(pool.close(60_000));
  for (const each of ["a", "b"]) {
    expect(await closed.now()).toBe(false);
    await expect.poll(() => fake.asked(each)).toBeDefined();
    fake.asked(each)!.answer();
  }
  expect(await Promise.all(answers)).toEqual(["a", "b"].map(reply));
  await expect.poll(() => closed.now()).toBe(true);
  expect(fake.made.every((each) => each.isEnded)).toBe(true);
  expect(fake.made).toHaveLength(1);
});

it("starts all or none", async () => {
  const fake = processes();
  let count = 0;
  const start = (): Promise<Worker> =>
    ++count === 2 ? Promise.reject(new Error("no memory")) : fake.start();
  await expect(openPool(start, { ...limits, workers: 3 }) as Promise<Pool>).rejects.toThrow("no memory");
  expect(fake.made).toHaveLength(2);
  await expect.poll(() => fake.made.every((each) => each.isEnded)).toBe(true);
});

function isDone(promise: Promise<unknown>) {
  let done = false;
  void promise.then(() => {
    done = true;
  });
  return { now: () => pause(0).then(() => done) };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
