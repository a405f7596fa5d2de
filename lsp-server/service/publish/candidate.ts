import { dirname, resolve } from "node:path";
import { Failure } from "@lookback/kernel-bridge/failure.ts";
import type { Run } from "@lookback/kernel-bridge/ledger/format/run.ts";
import { readRunNotebook } from "@lookback/kernel-bridge/ledger/read/read-run-notebook.ts";
import { resolveTrainingSet } from "@lookback/language/join/resolve/resolve-training-set.ts";
import type { Plan } from "@lookback/pipeline/plan/plan.ts";
import { describeSources } from "../files/describe-sources.ts";
import type { PublishContext } from "./publish-context.ts";
import { refuseChanged } from "./refuse-changed.ts";
import { type ExportedModel, type Rehearsal, rehearse } from "./rehearse/rehearse.ts";
import { renderRelease } from "./release/render-release.ts";
import { sealRelease } from "./release/seal-release.ts";
import { type TrainingSample, trainingSample } from "./release/training-sample.ts";
import { type StagedRelease, stageRelease } from "./release/write-release.ts";
import type { Selection } from "./selection.ts";

/** A release on its way. What a gate asks for is made when it is first asked for, and once. */
export interface Candidate {
  readonly context: PublishContext;
  readonly selection: Selection;
  readonly run: Run;
  readonly name: string;
  readonly version: number;
  /** The slice run again from nothing. */
  rehearsal(): Promise<Rehearsal>;
  /** The model of the rehearsal. Fails with `publish/no-onnx`: the gate `signature` lets no release without one pass. */
  exported(): Promise<ExportedModel>;
  rendered(): Promise<RenderedRelease>;
  /** The release as files beside its place. */
  staged(): Promise<StagedRelease>;
  /**
   * Commits and tags the release, pins its run and puts its folder in its place. Fails with `publish/changed-meanwhile` when the notebook is
   * no longer what was checked; what fails before the tag leaves nothing.
   */
  seal(): Promise<{ readonly tag: string | null }>;
  /** Removes what was staged and not put in its place. */
  discard(): Promise<void>;
}

interface RenderedRelease {
  readonly plan: Plan;
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** Rows of the training set, which the pipeline must give again. */
  readonly sample: TrainingSample;
}

/** Begins a release of a selection; `target` is where its folder will be. */
export function candidateOf(
  context: PublishContext,
  selection: Selection,
  {
    run,
    name,
    version,
    target,
    signal,
  }: Pick<Candidate, "run" | "name" | "version"> & {
    readonly target: string;
    readonly signal: AbortSignal;
  },
): Candidate {
  const rehearsal = once(() => rehearse(context, selection, signal));
  const exported = async (): Promise<ExportedModel> => {
    const { model, exportError } = await rehearsal();
    if (model !== null) return model;
    throw new Failure(
      "publish/no-onnx",
      `There is no model to publish: ${exportError} Nothing was published.`,
    );
  };
  const rendered = once(async () => {
    const shipped = new Set((await rehearsal()).ran);
    const cells = selection.cells.map((cell) => ({ ...cell, needed: shipped.has(cell.cellId) }));
    return render(context, { ...selection, cells }, { run, name, version, model: await exported() });
  });
  let stage: StagedRelease | null = null;
  const staged = once(async () => {
    stage = await stageRelease(target, (await rendered()).files);
    return stage;
  });
  return {
    ...{ context, selection, run, name, version, rehearsal, exported, rendered, staged },
    seal: once(async () => {
      const { files } = await rendered();
      const ready = await staged();
      await refuseChanged(context, selection);
      return sealRelease(context, { run, name, version, files, staged: ready });
    }),
    discard: async () => stage?.discard(),
  };
}

/** The release as files, and rows of its training set. Fails as the training set can no longer be joined. */
async function render(
  { store }: PublishContext,
  selection: Selection,
  {
    run,
    name,
    version,
    model,
  }: Pick<Candidate, "run" | "name" | "version"> & { readonly model: ExportedModel },
): Promise<RenderedRelease> {
  const folder = dirname(selection.path);
  const schemaOf = await describeSources(selection.definitions, folder);
  const trainingSet = selection.trainingSet?.name ?? "";
  const { set, problems } = resolveTrainingSet(selection.definitions, trainingSet, schemaOf, {});
  if (set === null) {
    const [problem] = problems;
    throw new Failure(problem?.code ?? "join/no-training-set", `${problem?.message} Nothing was published.`);
  }
  const sample = await trainingSample(set, (path) => resolve(folder, path), 500);
  const parts = { selection, run, root: store.root, set, schemaOf, model, sample, name, version };
  return { ...renderRelease(parts, await readRunNotebook(store, run.id)), sample };
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | null = null;
  return () => {
    made ??= make();
    return made;
  };
}
