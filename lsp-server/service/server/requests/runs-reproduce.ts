import { reproduceRun } from "../../reproduce/reproduce-run.ts";
import { handler } from "../handler.ts";

export const runsReproduce = handler(
  "lookback/runs/reproduce",
  ({ ledgers, world }, { id }, { notify, signal }) =>
    ledgers.withRun(id, ({ store }) =>
      reproduceRun(store, id, {
        compiler: world.compiler,
        env: process.env,
        python: world.kernelPython,
        signal,
        onProgress: (step) => notify("lookback/runs/reproducing", { id, step }),
      }),
    ),
);
