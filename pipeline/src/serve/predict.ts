import { Failure } from "@lookback/kernel-bridge/failure.ts";
import { instantText, readInstant } from "../features/instant.ts";
import type { Metrics } from "../monitor/metrics.ts";
import type { AuditLog } from "./audit-log.ts";
import type { Deployed, Deployments } from "./deployments.ts";
import type { Prediction } from "./prediction.ts";
import { requestId } from "./request-id.ts";
import { type Answer, shownFeatures } from "./version.ts";

/** How many predictions a deployment remembers for the panel. */
const RECENT = 50;

/**
 * Answers a `POST /v1/predict` body: `{ name?, inputs, at? }`. `name` may be left out while one model is deployed; `at` (as
 * `readInstant` reads it) is the moment to predict as of, now when left out. The answer is in the audit log before it is given.
 */
export async function predict(
  body: unknown,
  world: { deployments: Deployments; audit: AuditLog; metrics: Metrics; now: () => Date },
): Promise<Prediction> {
  const began = performance.now();
  const asked = world.now();
  const request = readBody(body, asked);
  const deployed = choose(request.name, world.deployments);
  const slot = deployed.slots.get(deployed.saved.active)!;
  const { name } = deployed.saved;
  const { version, run, modelSha256 } = slot.saved;
  try {
    if (slot.live === null) throw notServing(name, version, slot.reason);
    const answer = await slot.live.answer(request.inputs, request.at);
    const prediction: Prediction = {
      requestId: requestId(asked.getTime()),
      at: asked.toISOString(),
      asOf: instantText(request.at),
      name,
      version,
      run,
      modelSha256,
      inputs: { ...answer.inputs },
      features: shownFeatures(answer),
      output: answer.output,
      durationMs: Math.round((performance.now() - began) * 1000) / 1000,
    };
    await world.audit.append({ kind: "prediction", ...prediction });
    remember(deployed, prediction);
    slot.statistics.requests += 1;
    const took = performance.now() - began;
    slot.statistics.observe(took);
    world.metrics.answered(name, version, took / 1000);
    observeFeatures(world.metrics, answer, request.at);
    return prediction;
  } catch (error) {
    const rejected = error instanceof Failure && error.code === "serve/bad-input";
    slot.statistics.requests += 1;
    if (!rejected) slot.statistics.errors += 1;
    world.metrics.refused(name, version, rejected ? "rejected" : "failed");
    throw error;
  }
}

export function notServing(name: string, version: number, reason: string | null): Failure {
  return new Failure(
    "serve/no-active-version",
    `Version ${version} of ${name} is retired: ${reason ?? "it is not loaded."} No prediction was made.`,
    {
      advice: "Restore its release folder and restart, roll back, or publish again.",
      data: { name, version },
    },
  );
}

function readBody(body: unknown, now: Date): { name: string | undefined; inputs: unknown; at: number } {
  if (typeof body !== "object" || body === null || Array.isArray(body))
    throw badBody("body", "must be an object with `inputs`");
  const { name, inputs, at, ...rest } = body as Record<string, unknown>;
  const extra = Object.keys(rest)[0];
  if (extra !== undefined) throw badBody(extra, "is not a member of a request; inputs go under `inputs`");
  if (name !== undefined && typeof name !== "string") throw badBody("name", "must be a text");
  if (inputs === undefined) throw badBody("inputs", "is missing");
  if (at === undefined || at === null) return { name, inputs, at: now.getTime() * 1000 };
  const { us, fault } = readInstant(at);
  if (us === null) throw badBody("at", fault);
  return { name, inputs, at: us };
}

function badBody(member: string, what: string): Failure {
  return new Failure("serve/bad-input", `\`${member}\` ${what}. No prediction was made.`, {
    data: { input: member },
  });
}

function choose(name: string | undefined, deployments: Deployments): Deployed {
  if (name !== undefined) return deployments.named(name);
  const all = deployments.all();
  const unreadable = deployments.unreadable();
  const [only] = all;
  const count = all.length + unreadable.length;
  if (count === 0) {
    throw new Failure("serve/unknown-model", "Nothing is deployed. No prediction was made.", {
      advice: "Publish a notebook first.",
    });
  }
  if (only && count === 1) return only;
  const names = [
    ...all.map((each) => each.saved.name),
    ...unreadable.map((each) => `${each.name ?? "one without a name"}, whose record cannot be read`),
  ];
  const said = count === 1 ? "1 model is" : `${count} models are`;
  throw badBody("name", `is missing, and ${said} deployed: ${names.join("; ")}`);
}

function remember(deployed: Deployed, prediction: Prediction): void {
  deployed.recent.unshift(prediction);
  if (deployed.recent.length > RECENT) deployed.recent.pop();
}

function observeFeatures(metrics: Metrics, answer: Answer, at: number): void {
  for (const { view, name, eventTime, reason } of answer.features) {
    metrics.shown(
      view,
      name,
      eventTime === null || reason === "expired" ? null : (at - eventTime) / 1e6,
      reason,
    );
  }
}
