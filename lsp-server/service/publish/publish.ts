import { readFile } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { counted } from "@lookback/kernel-bridge/counted.ts";
import { Failure } from "@lookback/kernel-bridge/failure.ts";
import { pinRun, unpinRun } from "@lookback/kernel-bridge/ledger/delete/pins.ts";
import type { Run } from "@lookback/kernel-bridge/ledger/format/run.ts";
import { readRunNotebook } from "@lookback/kernel-bridge/ledger/read/read-run-notebook.ts";
import { layStore } from "@lookback/kernel-bridge/ledger/store/lay-store.ts";
import type { Store } from "@lookback/kernel-bridge/ledger/store/store.ts";
import { withLock } from "@lookback/kernel-bridge/ledger/store/with-lock.ts";
import { resolveTrainingSet } from "@lookback/language/join/resolve/resolve-training-set.ts";
import { readRelease } from "@lookback/pipeline/plan/read-release.ts";
import type { Gate, PublishResult } from "@lookback/protocol/publish.ts";
import { describeSources } from "../files/describe-sources.ts";
import { commitRelease } from "./commit-release.ts";
import { finishReleases } from "./finish-releases.ts";
import { gates as allGates, failed, passed, type Verdict, warned } from "./gate.ts";
import { noLeaks } from "./gates/no-leaks.ts";
import { noSecrets } from "./gates/no-secrets.ts";
import { onlineAsOffline } from "./gates/online-as-offline.ts";
import { runsClean } from "./gates/runs-clean.ts";
import { sameAnswers } from "./gates/same-answers.ts";
import { sameCode } from "./gates/same-code.ts";
import { servedAsTrained } from "./gates/served-as-trained.ts";
import { signature } from "./gates/signature.ts";
import { planPublish } from "./plan-publish.ts";
import type { PublishContext } from "./publish-context.ts";
import { rehearse } from "./rehearse.ts";
import { checkRelease } from "./release-name.ts";
import { checkRepository } from "./release-refs.ts";
import { repositoryOf } from "./release-versions.ts";
import { renderRelease } from "./render-release.ts";
import type { Selection } from "./selection.ts";
import { trainingSample } from "./training-sample.ts";
import { unsavedCells } from "./unsaved-cells.ts";
import { scoreText, wholeRuns } from "./whole-runs.ts";
import { refuseTaken, type StagedRelease, stageRelease } from "./write-release.ts";

export interface PublishRequest {
  /** Relative to the workspace root. */
  readonly notebook: string;
  readonly name: string;
  readonly version: number;
  /** The run that the person was shown: nothing is published when another would ship by now. Absent: whichever ships. */
  readonly run?: string;
  readonly signal: AbortSignal;
  /** Called with all gates whenever one changes; `step` says in words what is being done. */
  readonly onProgress: (gates: readonly Gate[], step: string) => void;
}

/**
 * Publishes a notebook: runs the gates in order, writes the release, commits and tags it, pins the run, deploys.
 *
 * The first gate that fails ends it with `published: false`; nothing was written, committed, pinned or deployed then. The tag is what
 * makes a version published: killed before it, nothing is; killed after it, the next publication of the name puts the rest in place.
 * Fails with `publish/bad-name`, `publish/bad-version`, `publish/not-ready`, `publish/other-run`, `publish/changed-meanwhile`, `publish/canceled`, as `checkRepository` does (before any
 * gate), with `publish/not-placed` and `publish/not-deployed` (the release then stands, tagged), or what the outside world failed with.
 * Once the release is committed it can no longer be canceled.
 */
export async function publish(context: PublishContext, request: PublishRequest): Promise<PublishResult> {
  checkRelease(request.name, request.version);
  const selection = await planPublish(context, request.notebook);
  const { run, model, trainingSet, plan } = selection;
  if (plan.obstacles.length > 0 || run === null || model === null || trainingSet === null) {
    throw new Failure("publish/not-ready", `${plan.obstacles.join(" ")} Nothing was published.`);
  }
  if (request.run !== undefined && request.run !== run.id) throw otherRun(request.run, run);
  const store = await layStore(context.store);
  const target = join(store.root, "deploy", request.name, String(request.version));
  await alone(store, () => finishReleases(store, request.name));
  await refuseTaken(target);
  const gitdir = repositoryOf(store);
  if (gitdir !== null) await checkRepository(gitdir, request.name, request.version);
  const course = new Course(request);
  try {
    return await follow(context, request, selection, run, course, target);
  } catch (error) {
    if (error === stopped) return course.result(null, false, null);
    if (request.signal.aborted && !stands(error)) {
      throw new Failure("publish/canceled", "Canceled. Nothing was written, committed or deployed.", {
        cause: error,
      });
    }
    throw error;
  }
}

async function follow(
  context: PublishContext,
  request: PublishRequest,
  selection: Selection,
  run: Run,
  course: Course,
  target: string,
): Promise<PublishResult> {
  const { store } = context;
  const folder = dirname(selection.path);
  await course.gate("no-leaks", () => noLeaks(context, selection));
  await course.gate("same-code", async () => sameCode(selection));
  await course.gate("no-secrets", async () => noSecrets(selection));
  const began = performance.now();
  const rehearsal = await course.gate("runs-clean", async () => {
    const rehearsed = await rehearse(context, selection, request.signal);
    return { ...runsClean(rehearsed, (performance.now() - began) / 1000), found: rehearsed };
  });
  await course.gate("same-answers", async () => sameAnswers(run, rehearsal));

  const { model } = rehearsal;
  if (model === null) {
    await course.gate("signature", async () =>
      failed(`the model cannot be written as ONNX: ${rehearsal.exportError}`),
    );
    throw stopped;
  }
  const schemaOf = await describeSources(selection.definitions, folder);
  const { set, problems } = resolveTrainingSet(
    selection.definitions,
    selection.trainingSet?.name ?? "",
    schemaOf,
    {},
  );
  if (set === null)
    throw new Failure(
      problems[0]?.code ?? "join/no-training-set",
      `${problems[0]?.message} Nothing was published.`,
    );
  const sample = await trainingSample(set, (path) => resolve(folder, path), 500);
  const shipped = new Set(rehearsal.ran);
  const cells = selection.cells.map((cell) => ({ ...cell, needed: shipped.has(cell.cellId) }));
  const parts = {
    selection: { ...selection, cells },
    run,
    root: store.root,
    set,
    schemaOf,
    model,
    sample,
    name: request.name,
    version: request.version,
  };
  const { plan, files } = renderRelease(parts, await readRunNotebook(store, run.id));
  await course.gate("signature", async () => signature(plan));

  const staged = await stageRelease(target, files);
  let tag: string | null;
  try {
    const release = await readRelease(staged.dir);
    await course.gate("served-as-trained", () => servedAsTrained(release, model));
    const paths = new Map(plan.sources.map((source) => [source.name, join(store.root, source.path)]));
    await course.gate("online-as-offline", () =>
      onlineAsOffline(plan, sample, (name) => paths.get(name) ?? ""),
    );
    await course.gate("files-validate", async () => {
      const { plan: read } = await readRelease(staged.dir);
      return passed(`${counted(read.files.length, "file")}, each with its SHA-256 in pipeline.json`);
    });
    tag = await course.gate("committed", async () => {
      await refuseChanged(context, selection);
      return alone(store, () => seal(context, request, run, files, staged));
    });
  } catch (error) {
    if (!stands(error)) await staged.discard();
    throw error;
  }
  if (context.pipeline === null) return course.result(tag, false, null);
  course.say("Deploying");
  return course.result(tag, true, await deploy(context.pipeline, store.root, target));
}

/** Checking takes a while: what was edited, saved or run meanwhile would not be what ships. Fails with `publish/changed-meanwhile`. */
async function refuseChanged(
  context: PublishContext,
  { path, text, run, plan, notebook }: Selection,
): Promise<void> {
  const now = await readFile(path, "utf8").catch(() => null);
  const screen = context.onScreen?.(path) ?? null;
  const newest = await wholeRuns(context.store, plan.notebook, notebook);
  const why =
    now !== text
      ? "the file was saved again"
      : screen !== null && unsavedCells(notebook, screen) !== null
        ? "it was edited"
        : newest.newerOfOther !== null || newest.ships?.id !== run?.id
          ? "it was run again"
          : null;
  if (why === null) return;
  throw new Failure(
    "publish/changed-meanwhile",
    `The notebook changed while it was checked: ${why}. Nothing was published.`,
    { advice: "Look at what would ship now, then publish again." },
  );
}

function otherRun(shown: string, { id, metrics }: Run): Failure {
  return new Failure(
    "publish/other-run",
    `Another run would ship than the one shown: ${id.slice(0, 10)}…, which gave ${scoreText({ metrics })}. Nothing was published.`,
    { advice: "Look at what would ship now, then publish again.", data: { shown, ships: id } },
  );
}

/** Commits and tags a release, pins its run and puts its folder in its place; what fails before the tag leaves nothing. */
async function seal(
  { store: found, now }: PublishContext,
  { name, version }: PublishRequest,
  run: Run,
  files: ReadonlyMap<string, Uint8Array>,
  staged: StagedRelease,
): Promise<Verdict & { readonly found: string | null }> {
  const store = await layStore(found);
  const gitdir = repositoryOf(store);
  const message = `Publish ${name} ${version} from run ${run.id}`;
  let tag: string | null = null;
  try {
    if (gitdir !== null) tag = await commitRelease({ gitdir, name, version, files, message, at: now() });
    await pinRun(store, `${name}@${version}`, run.id);
    await staged.place();
  } catch (cause) {
    if (tag === null) {
      await unpinRun(store, `${name}@${version}`);
      throw cause;
    }
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Failure(
      "publish/not-placed",
      `${tag} is committed and tagged, but deploy/ has no copy of it: ${why}`,
      {
        advice: `The next publication of ${name} puts it there; \`git show ${tag}\` has it now.`,
        cause,
      },
    );
  }
  return tag === null
    ? { ...warned("there is no git repository here: written to deploy/, not tagged"), found: tag }
    : { ...passed(`tag ${tag} on branch lookback/${name}`), found: tag };
}

/** Whether a release is committed and tagged in spite of a failure. */
function stands(error: unknown): boolean {
  return error instanceof Failure && ["publish/not-deployed", "publish/not-placed"].includes(error.code);
}

/** Does something while no other process publishes from the same store. */
async function alone<T>(store: Store, run: () => Promise<T>): Promise<T> {
  return withLock(join(store.dir, "publish.lock"), run).catch((cause: unknown) => {
    if (!(cause instanceof Failure) || cause.code !== "ledger/locked") throw cause;
    throw new Failure("publish/busy", "Another publication is being committed. Nothing was published.", {
      advice: "Publish again once it is done.",
      data: cause.data,
      cause,
    });
  });
}

/** Makes the release the active version and answers where it is served. */
async function deploy(
  { client, spawn }: NonNullable<PublishContext["pipeline"]>,
  root: string,
  target: string,
): Promise<string | null> {
  try {
    const { url } = await client.ensureRunning({ spawn, cwd: root });
    await client.deploy(target, root);
    return url;
  } catch (cause) {
    const place = relative(root, target).replaceAll("\\", "/");
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Failure("publish/not-deployed", `${place} is written, but was not deployed. ${why}`, {
      advice: `\`lookback pipeline deploy ${place}\` tries again.`,
      cause,
    });
  }
}

/** Thrown to end a publication whose gate failed: the gate itself tells why. */
const stopped = Symbol("a gate failed");

/** The gates of one publication as they go by. */
class Course {
  private gates: Gate[] = [...allGates];
  private readonly request: PublishRequest;

  constructor(request: PublishRequest) {
    this.request = request;
  }

  /** Runs a gate and answers what it found besides its verdict; ends the publication when it failed. */
  async gate<T>(id: string, run: () => Promise<Verdict & { readonly found?: T }>): Promise<T> {
    this.request.signal.throwIfAborted();
    this.change(id, { state: "running" });
    const began = performance.now();
    const { found, ...verdict } = await run();
    this.change(id, { ...verdict, durationMs: Math.round(performance.now() - began) });
    if (verdict.state === "failed") throw stopped;
    return found as T;
  }

  say(step: string): void {
    this.request.onProgress(this.gates, step);
  }

  result(tag: string | null, deployed: boolean, url: string | null): PublishResult {
    const { name, version } = this.request;
    const published = this.gates.every((gate) => gate.state === "passed" || gate.state === "warned");
    return {
      published,
      name,
      version,
      path: published ? `deploy/${name}/${version}` : "",
      tag,
      gates: this.gates,
      deployed,
      url,
    };
  }

  private change(id: string, change: Partial<Gate>): void {
    this.gates = this.gates.map((gate) => (gate.id === id ? { ...gate, ...change } : gate));
    this.say(this.gates.find((gate) => gate.id === id)?.title ?? id);
  }
}
