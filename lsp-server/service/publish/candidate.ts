import { dirname, resolve } from "node:path";
import { Failure } from "@lookback/kernel-bridge/failure.ts";
import type { Run } from "@lookback/kernel-bridge/ledger/format/run.ts";
import { readRunNotebook } from "@lookback/kernel-bridge/ledger/read/read-run-notebook.ts";
import { resolveTrainingSet } from "@lookback/language/join/resolve/resolve-training-set.ts";
import type { Plan } from "@lookback/pipeline/plan/plan.ts";
import { describeSources } from "../files/describe-sources.ts";
import type { PublishContext } from "./publish-context.ts";
import { refuseChanged } from "./refuse-changed.ts";
import type { ExportedModel, Rehearsal } from "./rehearse/rehearsal.ts";
import { type Prepared, prepareRehearsal } from "./rehearse/rehearse.ts";
import type { Joined, ReleaseParts } from "./release/plan-release.ts";
import { renderRelease } from "./release/render-release.ts";
import { sealRelease } from "./release/seal-release.ts";
import { trainingSample } from "./release/training-sample.ts";
import { type StagedRelease, stageRelease } from "./release/write-release.ts";
import type { Selection } from "./selection.ts";

/** A release on its way. What a gate asks for is made when it is first asked for, and once. */
export interface Candidate {
  readonly context: PublishContext;
  readonly selection: Selection;
  readonly run: Run;
  readonly name: string;
  readonly version: number;
  /** What the run read, laid out for its cells to run again. */
  prepared(): Promise<Prepared>;
  /** The slice run again from nothing. */
  rehearsal(): Promise<Rehearsal>;
  /** The model of the rehearsal. Fails with `publish/no-model`: the gate `signature` lets no release without one pass. */
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
  /** The training set, and rows of it, which the pipeline must give again; null where nothing is looked up. */
  readonly joined: Joined | null;
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
  let prepared: Promise<Prepared> | null = null;
  const prepare = () => (prepared ??= prepareRehearsal(context, { ...selection, run }));
  const rehearsal = once(async () => (await prepare()).rehearse(signal));
  const exported = async (): Promise<ExportedModel> => {
    const { model, exportError } = await rehearsal();
    if (model !== null) return model;
    throw new Failure(
      "publish/no-model",
      `There is no model to publish: ${exportError}. Nothing was published.`,
    );
  };
  const rendered = once(async () => {
    const { modules } = await prepare();
    const { ran: cells } = await rehearsal();
    return render(context, selection, { run, name, version, cells, modules, model: await exported() });
  });
  let stage: StagedRelease | null = null;
  const staged = once(async () => {
    stage = await stageRelease(target, (await rendered()).files);
    return stage;
  });
  return {
    ...{ context, selection, run, name, version, prepared: prepare, rehearsal, exported, rendered, staged },
    seal: once(async () => {
      const { files } = await rendered();
      const ready = await staged();
      await refuseChanged(context, selection);
      return sealRelease(context, { run, name, version, files, staged: ready });
    }),
    async discard() {
      await stage?.discard();
      await (await prepared?.catch(() => null))?.discard();
    },
  };
}

/** The release as files, and rows of its training set. Fails as the training set can no longer be joined. */
async function render(
  { store }: PublishContext,
  selection: Selection,
  release: Pick<ReleaseParts, "run" | "name" | "version" | "model" | "cells" | "modules">,
): Promise<RenderedRelease> {
  const joined = await joinedOf(selection);
  const parts = { ...release, selection, root: store.root, joined };
  return { ...renderRelease(parts, await readRunNotebook(store, release.run.id)), joined };
}

/** The training set that the model's inputs are looked up as; null where the notebook has none. */
async function joinedOf({ path, definitions, trainingSet }: Selection): Promise<Joined | null> {
  if (trainingSet === null) return null;
  const folder = dirname(path);
  const schemaOf = await describeSources(definitions, folder);
  const { set, problems } = resolveTrainingSet(definitions, trainingSet.name, schemaOf, {});
  if (set === null) {
    const [problem] = problems;
    throw new Failure(problem?.code ?? "join/no-training-set", `${problem?.message} Nothing was published.`);
  }
  return { set, schemaOf, sample: await trainingSample(set, (source) => resolve(folder, source), 500) };
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | null = null;
  return () => {
    made ??= make();
    return made;
  };
}
