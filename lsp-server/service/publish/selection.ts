import type { ModelFit, Run } from "@lookback/kernel-bridge/ledger/format/run.ts";
import type { Definitions, TrainingSetDefinition } from "@lookback/language/features/model.ts";
import type { Gap } from "@lookback/language/notebook/gap.ts";
import type { Notebook } from "@lookback/language/notebook/notebook.ts";
import type { SlicedCell } from "@lookback/language/slice/slice-notebook.ts";
import type { PublishPlan } from "@lookback/protocol/publish.ts";
import type { ImportedModule } from "./imported-modules.ts";

/** Everything a publication rests on, decided before anything is done. */
export interface Selection {
  /** Absolute path of the notebook. */
  readonly path: string;
  /** The file as it lay there. */
  readonly bytes: Uint8Array;
  readonly notebook: Notebook;
  /** What of the file was not read. */
  readonly gaps: readonly Gap[];
  readonly modules: readonly ImportedModule[];
  readonly definitions: Definitions;
  readonly run: Run | null;
  readonly model: (ModelFit & { readonly variable: string }) | null;
  readonly trainingSet: TrainingSetDefinition | null;
  readonly cells: readonly SlicedCell[];
  readonly plan: PublishPlan;
}
