import { open, readFile, rm } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { Failure } from "../failure.ts";
import { isAlive } from "./writer.ts";

/** Does something while no other process of this machine, and no other call in this one, does it under the same lock. A lock whose owner is gone is broken. Fails with `ledger/locked` after 30 seconds. */
export async function withLock<T>(path: string, run: () => Promise<T>): Promise<T> {
  for (const began = Date.now(); ; await sleep(20)) {
    const file = await open(path, "wx").catch((cause: NodeJS.ErrnoException) => {
      if (cause.code === "EEXIST") return null;
      throw cause;
    });
    if (file !== null) {
      try {
        await file.writeFile(String(process.pid));
        return await run();
      } finally {
        await file.close();
        await rm(path, { force: true });
      }
    }
    const owner = Number.parseInt(await readFile(path, "utf8").catch(() => ""), 10);
    if (Number.isInteger(owner) && !isAlive(owner)) await rm(path, { force: true });
    if (Date.now() - began > 30_000) {
      throw new Failure(
        "ledger/locked",
        `Another process (${owner}) is recording this session. Nothing was recorded.`,
        {
          advice: "It is recorded once that process is done.",
          data: { path },
        },
      );
    }
  }
}
