import { setImmediate } from "node:timers/promises";

/** Answers what lets others run, once this has run for a while. A call a file in the threads of the pool would take ten times as long. */
export function breather(): () => Promise<void> | void {
  let began = performance.now();
  let calls = 0;
  return () => {
    if (++calls % 64 !== 0 || performance.now() - began < 15) return;
    return setImmediate(undefined).then(() => {
      began = performance.now();
    });
  };
}
