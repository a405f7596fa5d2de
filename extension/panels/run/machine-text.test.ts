import { expect, it } from "vitest";
import { machineText } from "./machine-text.ts";

const nothing = { processor: null, processors: null, memoryBytes: null, gpus: null };

it.each<[Parameters<typeof machineText>[0], string]>([
  [nothing, "The machine is not known"],
  [{ processor: "Xeon", processors: 4, memoryBytes: 16e9, gpus: [] }, "Xeon, 4 processors, 16.0 GB, no GPU"],
  [{ ...nothing, gpus: ["H100", "H100"] }, "processor not known, memory not known, H100, H100"],
  [{ ...nothing, processors: 1 }, "processor not known, 1 processor, memory not known, GPU not known"],
])("says what a run ran on", (machine, text) => {
  expect(machineText(machine)).toBe(text);
});
