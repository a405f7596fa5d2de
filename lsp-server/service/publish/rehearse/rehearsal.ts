import type { NotebookResult } from "@lookback/kernel-bridge/kernels/run-notebook.ts";
import type { Tier } from "../tier/choose-tier.ts";
import type { Exported } from "../tier/read-export.ts";
import type { Proof } from "./prove-same.ts";

/** What came of running a run's cells again, from nothing, in a folder that holds what the run read and nothing else. */
export interface Rehearsal {
  readonly outcome: NotebookResult["outcome"];
  /** The cells that ran, in their order: the slice, or all of them when the slice alone did not make the model. */
  readonly ran: readonly string[];
  /** Why the slice alone did not do; null when it did. */
  readonly missed: string | null;
  /** That every execution of the run, repeated and edited ones among them, made it, where its cells as they stand did not. */
  readonly isAsItRan: boolean;
  /** Whether what ran again made what the run had made; null when it did not run to its end. */
  readonly proof: Proof | null;
  /** The exported model; null when what ran again is not known to be what the run made, with the reason in `exportError`. */
  readonly model: ExportedModel | null;
  readonly exportError: string | null;
}

/** The model in the form in which it ships, with rows of the notebook and hostile ones and what the fitted model answers for them. */
export type ExportedModel = Omit<Exported, "onnx" | "because" | "python" | "noPython"> & Tier;
