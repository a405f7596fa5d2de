import { Failure } from "@lookback/kernel-bridge/failure.ts";
import type { Model } from "./model.ts";

/** A model that is closed only when what it was asked is answered: who chose a version may ask it in the moment that it is put aside. */
export function drained(model: Model): Model {
  let open = 0;
  let closing = false;
  let ended: Promise<void> | null = null;
  let tellIdle: () => void = () => undefined;
  const idle = new Promise<void>((resolve) => {
    tellIdle = resolve;
  });
  return {
    ...model,
    async answer(rows) {
      if (closing)
        throw new Failure(
          "serve/no-active-version",
          "This version is no longer loaded. No prediction was made.",
          { advice: "Ask again: another version answers." },
        );
      open += 1;
      try {
        return await model.answer(rows);
      } finally {
        open -= 1;
        if (closing && open === 0) tellIdle();
      }
    },
    async close(graceMs = Number.POSITIVE_INFINITY) {
      closing = true;
      if (open === 0) tellIdle();
      await within(graceMs, idle);
      ended ??= model.close(0);
      await ended;
    },
  };
}

async function within(ms: number, done: Promise<void>): Promise<void> {
  if (!Number.isFinite(ms)) return done;
  let late: NodeJS.Timeout | undefined;
  const over = new Promise<void>((resolve) => {
    late = setTimeout(resolve, ms);
  });
  await Promise.race([done, over]);
  clearTimeout(late);
}
