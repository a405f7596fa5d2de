import { join } from "node:path";
import { Failure } from "@lookback/kernel-bridge/failure.ts";
import { type CellValue, jsonCell } from "../features/cell.ts";
import { keyValue } from "../features/entity-key.ts";
import type { FeatureStore, OnlineView } from "../features/feature-store.ts";
import { instantText, readInstant } from "../features/instant.ts";
import { type FeatureValue, lookUp } from "../features/lookup.ts";
import type { Plan, PlanInput, PlanValue } from "../plan/plan.ts";
import type { Release } from "../plan/read-release.ts";
import { checkInputs } from "./inputs.ts";
import type { ShownFeature } from "./prediction.ts";
import { loadModel } from "./runtimes/load-model.ts";
import type { Model } from "./runtimes/model.ts";
import type { RuntimeWorld } from "./runtimes/runtime-world.ts";

/** A version that is loaded and can answer: its model, and the views it reads. */
export interface Version {
  readonly release: Release;
  readonly model: Model;
  readonly views: readonly OnlineView[];
  answer(inputs: unknown, at: number): Promise<Answer>;
}

export interface Answer {
  readonly inputs: Readonly<Record<string, PlanValue>>;
  readonly features: readonly (FeatureValue & { readonly view: string; readonly name: string })[];
  readonly output: Record<string, PlanValue>;
}

/**
 * Loads a release: its views are materialized, its model warmed and tried with the release's own example. Fails as `loadModel`, the
 * feature store or the example do; nothing that serves is touched.
 */
export async function loadVersion(
  release: Release,
  store: FeatureStore,
  world: RuntimeWorld,
): Promise<Version> {
  const { plan } = release;
  const used = new Set(plan.model.inputs.flatMap((input) => (input.from === "view" ? [input.view] : [])));
  const views: OnlineView[] = [];
  for (const view of plan.views) {
    if (!used.has(view.name)) continue;
    const source = plan.sources.find((each) => each.name === view.source)!;
    views.push(await store.ensure(view, join(world.workspaceRoot, source.path)));
  }
  const model = await loadModel(release, world);
  const answer = answerer(plan, model, views);
  await tryExample(plan, answer).catch(async (error: unknown) => {
    await model.close();
    throw error;
  });
  return { release, model, views, answer };
}

async function tryExample(plan: Plan, answer: Version["answer"]): Promise<void> {
  const { us: at, fault } =
    plan.example.at === null ? { us: Date.now() * 1000, fault: null } : readInstant(plan.example.at);
  if (at === null) throw failedExample(plan, `its moment ${fault}`);
  try {
    for (let round = 0; round < 3; round++) await answer(plan.example.inputs, at);
  } catch (cause) {
    throw failedExample(plan, cause instanceof Error ? cause.message : String(cause), cause);
  }
}

function failedExample(plan: Plan, why: string, cause?: unknown): Failure {
  return new Failure(
    "serve/smoke-test-failed",
    `${plan.name} version ${plan.version} does not answer its own example: ${why.replace(/ No prediction was made\.$/, "")} It was not deployed.`,
    { advice: "Publish the notebook again.", data: { name: plan.name, version: plan.version }, cause },
  );
}

type Slot = (
  inputs: Readonly<Record<string, PlanValue>>,
  features: ReadonlyMap<string, FeatureValue>,
) => CellValue;

function answerer(plan: Plan, model: Model, views: readonly OnlineView[]): Version["answer"] {
  const slots: Slot[] = plan.model.inputs.map((input) =>
    input.from === "request"
      ? (inputs) => inputs[input.name]!
      : (_, features) => features.get(`${input.view}:${input.feature}`)!.value,
  );
  const wanted = views.map((online) => ({ online, features: featuresOf(online, plan.model.inputs) }));
  return async (given, at) => {
    const inputs = checkInputs(plan, views, given);
    const found = new Map<string, FeatureValue>();
    const features: (FeatureValue & { view: string; name: string })[] = [];
    for (const { online, features: asked } of wanted) {
      const { keyKinds } = online.facts();
      const keys = online.view.joinKeys.map((key, i) => keyValue(keyKinds[i]!, inputs[key]));
      const whole = keys.filter((key) => key !== null && key !== undefined);
      const history = whole.length < keys.length ? null : online.history(whole);
      for (const feature of asked) {
        const value = lookUp(online.view, feature, history, at);
        found.set(`${online.view.name}:${feature.name}`, value);
        features.push({ view: online.view.name, name: feature.name, ...value });
      }
    }
    const row = slots.map((slot) => slot(inputs, found));
    const [output] = await model.answer([row]).catch((error: unknown) => {
      throw withoutValues(error, features);
    });
    return { inputs, features, output: output! };
  };
}

/** A model that cannot answer is most often one that was shown nothing: says which features had no value, and why. */
function withoutValues(error: unknown, features: Answer["features"]): unknown {
  const missing = features.filter((each) => each.reason !== null);
  if (!(error instanceof Failure) || missing.length === 0) return error;
  const names = missing.map(({ name, reason }) => `${name} (${reason})`).join(", ");
  return new Failure(error.code, error.message, {
    advice: `These features had no value: ${names}. The model was probably not trained on missing values.`,
    data: { missing: missing.map(({ view, name, reason }) => ({ feature: `${view}:${name}`, reason })) },
    cause: error,
  });
}

function featuresOf(online: OnlineView, inputs: readonly PlanInput[]) {
  return online.view.features.filter((feature) =>
    inputs.some(
      (input) => input.from === "view" && input.view === online.view.name && input.feature === feature.name,
    ),
  );
}

/** The features of an answer as a response shows them. */
export function shownFeatures(answer: Answer): readonly ShownFeature[] {
  return answer.features.map(({ view, name, value, eventTime, availableAt, reason }) => ({
    name: `${view}:${name}`,
    value: jsonCell(value),
    eventTime: eventTime === null ? null : instantText(eventTime),
    availableAt: availableAt === null ? null : instantText(availableAt),
    reason,
  }));
}
