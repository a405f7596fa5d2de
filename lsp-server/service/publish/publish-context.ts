import type { Store } from "@lookback/kernel-bridge/ledger/store/store.ts";
import type { Notebook } from "@lookback/language/notebook/notebook.ts";
import type { Python } from "@lookback/language/notebook/python.ts";
import type { PipelineClient } from "@lookback/pipeline/serve/client.ts";

/** The world of a publication. */
export interface PublishContext {
  readonly store: Store;
  readonly python: Python;
  /** The notebook at an absolute path as an editor shows it, unsaved edits included; null when none has it open. */
  readonly onScreen?: (path: string) => Notebook | null;
  /** The Python to rehearse with; found from the notebook's folder when absent. */
  readonly kernelPython?: string;
  /** Command line that compiles a training set for the Python SDK. */
  readonly compiler: readonly string[];
  /** Null: written, committed and tagged, but not deployed. */
  readonly pipeline: { readonly client: PipelineClient; readonly spawn: readonly string[] } | null;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly now: () => Date;
}
