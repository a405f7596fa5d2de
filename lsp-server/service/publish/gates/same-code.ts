import { counted } from "@lookback/kernel-bridge/counted.ts";
import { scoreText } from "../whole-runs.ts";
import { type Gate, passed } from "./gate.ts";

/** What ships is what ran: the plan only ever takes a run whose every cell has the source it has now. Names the score of that run. */
export const sameCode: Gate = {
  id: "same-code",
  title: "The same code as the run",
  async run({ run, selection: { cells, modules } }) {
    const ships = cells.filter((cell) => cell.needed).length;
    const evidence = `${ships} of ${counted(cells.length, "cell")} ${ships === 1 ? "ships" : "ship"}, all with the hashes of run ${run.id.slice(0, 10)}…, which gave ${scoreText(run)}`;
    if (modules.length === 0) return passed(evidence);
    const names = modules.map(({ name }) => name).join("\n");
    return passed(
      `${evidence}; not compared, for a run does not record them: ${counted(modules.length, "imported module")}`,
      names,
    );
  },
};
