import * as disk from "node:fs";
import { availableParallelism } from "node:os";
import { setImmediate } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { type Looked, lookBelow, type Visit } from "./look-below.ts";

/**
 * Looks at all files that are to be visited. A disk is asked file by file, and answers slowly: of many files several threads ask at once.
 * A call a file in the threads that Node has for it would take ten times as long as the disk does.
 */
export async function lookAtAll(folder: string, visits: readonly Visit[]): Promise<readonly Looked[]> {
  const looked: Looked[] = [];
  const left = [...visits];
  const here = async (most: number) => {
    for (let files = 0; left.length > 0 && files < most; files += filesAtOnce) {
      looked.push(...lookBelow(disk, folder, left, filesAtOnce));
      await setImmediate();
    }
  };
  await here(fewFiles);
  if (left.length > 0) await inThreads(folder, left, (each) => looked.push(...each));
  await here(Number.POSITIVE_INFINITY);
  return looked;
}

/** As many as take some milliseconds: others run in between. */
const filesAtOnce = 1_000;
/** Threads take longer to start than these. */
const fewFiles = 4_000;
const filesAMessage = 5_000;
const mostVisits = 1_000;

const threadCount = () => Math.min(8, Math.max(2, availableParallelism()));

const code = `
const disk = require("node:fs");
const { parentPort, workerData } = require("node:worker_threads");
const lookBelow = ${lookBelow};
parentPort.on("message", (left) => {
  const looked = lookBelow(disk, workerData, left, ${filesAMessage});
  parentPort.postMessage({ looked, left }, looked.map(({ looks }) => looks.buffer));
});
`;

/** Leaves what no thread could do: it is done here then, and fails as it does here. */
function inThreads(folder: string, left: Visit[], tell: (looked: readonly Looked[]) => void): Promise<void> {
  const waiting = left.splice(0);
  const busy = new Map<Worker, readonly Visit[]>();
  const idle = new Set<Worker>();
  return new Promise((resolve) => {
    const giveOut = () => {
      const threads = busy.size + idle.size;
      for (const thread of [...idle]) {
        if (waiting.length === 0) break;
        const share = Math.min(mostVisits, Math.ceil(waiting.length / (2 * threads)));
        const visits = waiting.splice(-share);
        idle.delete(thread);
        busy.set(thread, visits);
        thread.postMessage(visits);
      }
      if (busy.size > 0) return;
      for (const thread of idle) void thread.terminate();
      left.push(...waiting);
      resolve();
    };
    const stop = (thread: Worker) => {
      left.push(...(busy.get(thread) ?? []));
      busy.delete(thread);
      idle.delete(thread);
      giveOut();
    };
    for (let at = 0; at < threadCount(); at++) {
      const thread = newThread(folder);
      if (thread === null) break;
      idle.add(thread);
      thread.on(
        "message",
        (done: { readonly looked: readonly Looked[]; readonly left: readonly Visit[] }) => {
          tell(done.looked);
          waiting.push(...done.left);
          busy.delete(thread);
          idle.add(thread);
          giveOut();
        },
      );
      thread.on("error", () => stop(thread));
    }
    giveOut();
  });
}

/** Null where the system gives no more. */
function newThread(folder: string): Worker | null {
  try {
    return new Worker(code, { eval: true, workerData: folder });
  } catch {
    return null;
  }
}
