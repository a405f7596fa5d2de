import { counted } from "@lookback/kernel-bridge/counted.ts";
import type { NotRestored } from "@lookback/kernel-bridge/ledger/restore/contents-of-run.ts";
import type { Prepared } from "../rehearse/rehearse.ts";
import { failed, type Gate, passed, type Verdict, warned } from "./gate.ts";

/** What the cells will read again is what the run read, by its SHA-256: from the store, or as it still lies there. And they would write nowhere but in a folder of their own. */
export const sameInputs: Gate = {
  id: "same-inputs",
  title: "Reads what the run read",
  run: async (candidate) => judgeInputs(await candidate.prepared()),
};

export function judgeInputs({ inputs, outside }: Pick<Prepared, "inputs" | "outside">): Verdict {
  const { same, changed, unknown } = inputs;
  if (outside.length > 0)
    return failed(
      `run again, the cells would write over what is yours: ${outside.slice(0, 3).join(", ")}`,
      `Write below the notebook's folder, by a relative path, and run the notebook again.\n${outside.join("\n")}`,
    );
  if (changed.length > 0)
    return failed(
      `${counted(changed.length, "input")} ${changed.length === 1 ? "is" : "are"} not what the run read: ${changed
        .slice(0, 3)
        .map(({ path }) => path)
        .join(", ")}`,
      changed.map(sayOne).join("\n"),
    );
  const evidence = `${counted(same, "input")} by SHA-256`;
  if (unknown.length === 0) return passed(evidence);
  return warned(
    `${evidence}; of ${counted(unknown.length, "other")} nobody can tell before ${unknown.length === 1 ? "it is" : "they are"} read: ${unknown
      .slice(0, 3)
      .map(({ path }) => path)
      .join(", ")}`,
    unknown.map(sayOne).join("\n"),
  );
}

function sayOne({ path, reason, advice }: NotRestored): string {
  return [`${path}: ${reason}`, ...(advice === null ? [] : [advice])].join(" ");
}
