import { join, relative } from "node:path";
import { Failure } from "@lookback/kernel-bridge/failure.ts";
import type { Run } from "@lookback/kernel-bridge/ledger/format/run.ts";
import { layStore } from "@lookback/kernel-bridge/ledger/store/lay-store.ts";
import type { GateState, PublishResult } from "@lookback/protocol/publish.ts";
import { type Candidate, candidateOf } from "./candidate.ts";
import { allGates, waitingGates } from "./gates/all-gates.ts";
import type { Gate, Verdict } from "./gates/gate.ts";
import { planPublish } from "./plan-publish.ts";
import type { PublishContext } from "./publish-context.ts";
import { alone } from "./release/alone.ts";
import { finishReleases } from "./release/finish-releases.ts";
import { checkRelease } from "./release/release-name.ts";
import { checkRepository } from "./release/release-refs.ts";
import { repositoryOf } from "./release/release-versions.ts";
import { refuseTaken } from "./release/write-release.ts";
import { scoreText } from "./whole-runs.ts";

export interface PublishRequest {
  /** Relative to the workspace root. */
  readonly notebook: string;
  readonly name: string;
  readonly version: number;
  /** As `PlanOptions` has it. */
  readonly model?: string;
  /** The run that the person was shown: nothing is published when another would ship by now. Absent: whichever ships. */
  readonly run?: string;
  readonly signal: AbortSignal;
  /** Called with all gates whenever one changes; `step` says in words what is being done. */
  readonly onProgress: (gates: readonly GateState[], step: string) => void;
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
  const selection = await planPublish(context, request.notebook, { model: request.model });
  const { run, model, plan } = selection;
  if (plan.obstacles.length > 0 || run === null || model === null) {
    throw new Failure("publish/not-ready", `${plan.obstacles.join(" ")} Nothing was published.`);
  }
  if (request.run !== undefined && request.run !== run.id) throw otherRun(request.run, run);
  const store = await layStore(context.store);
  const target = join(store.root, "deploy", request.name, String(request.version));
  await alone(store, () => finishReleases(store, request.name));
  await refuseTaken(target);
  const gitdir = repositoryOf(store);
  if (gitdir !== null) await checkRepository(gitdir, request.name, request.version);
  const { name, version, signal } = request;
  const candidate = candidateOf(context, selection, { run, name, version, target, signal });
  const course = new Course(request);
  let tag: string | null;
  try {
    for (const gate of allGates) {
      if ((await course.run(gate, candidate)).state !== "failed") continue;
      await candidate.discard();
      return course.result(null, false, null);
    }
    ({ tag } = await candidate.seal());
  } catch (error) {
    // The release then stands, committed and tagged.
    if (error instanceof Failure && error.code === "publish/not-placed") throw error;
    await candidate.discard();
    if (!signal.aborted) throw error;
    throw new Failure("publish/canceled", "Canceled. Nothing was written, committed or deployed.", {
      cause: error,
    });
  }
  if (context.pipeline === null) return course.result(tag, false, null);
  course.say("Deploying");
  return course.result(tag, true, await deploy(context.pipeline, store.root, target));
}

function otherRun(shown: string, run: Run): Failure {
  return new Failure(
    "publish/other-run",
    `Another run would ship than the one shown: ${run.id.slice(0, 10)}…, which gave ${scoreText(run)}. Nothing was published.`,
    { advice: "Look at what would ship now, then publish again.", data: { shown, ships: run.id } },
  );
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

/** The gates of one publication as they go by. */
class Course {
  private gates: readonly GateState[] = waitingGates();
  private readonly request: PublishRequest;

  constructor(request: PublishRequest) {
    this.request = request;
  }

  async run({ id, title, run }: Gate, candidate: Candidate): Promise<Verdict> {
    this.request.signal.throwIfAborted();
    this.change(id, title, { state: "running" });
    const began = performance.now();
    const verdict = await run(candidate);
    this.change(id, title, { ...verdict, durationMs: Math.round(performance.now() - began) });
    return verdict;
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

  private change(id: string, title: string, change: Partial<GateState>): void {
    this.gates = this.gates.map((gate) => (gate.id === id ? { ...gate, ...change } : gate));
    this.say(title);
  }
}
