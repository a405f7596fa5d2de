import type { Run } from "@lookback/protocol/runs.ts";
import { bytesText, countText } from "../kit/quantity.ts";

type Machine = Pick<Run["environment"], "processor" | "processors" | "memoryBytes" | "gpus">;

/** What a run's kernel ran on, as one line: `Xeon, 4 processors, 16 GB, no GPU`. What is not known is said to be. */
export function machineText({ processor, processors, memoryBytes, gpus }: Machine): string {
  if (processor === null && processors === null && memoryBytes === null && gpus === null)
    return "The machine is not known";
  return [
    processor ?? "processor not known",
    processors === null ? null : countText(processors, "processor"),
    memoryBytes === null ? "memory not known" : bytesText(memoryBytes),
    gpus === null ? "GPU not known" : gpus.length === 0 ? "no GPU" : gpus.join(", "),
  ]
    .filter((part) => part !== null)
    .join(", ");
}
