import type { Look } from "./looks-of-run.ts";

/** A look, and whose notebook it was. */
export interface LookOf extends Look {
  readonly notebook: string;
}

/** How many models looked at the same rows, and the scores that each was given. */
export interface ModelCount {
  readonly models: number;
  /** True where some scores are of models that are not known: there are as many as one name has different values, or more. */
  readonly isLeast: boolean;
  /** By name, one of each model. Those of which it is not known that the rows were held out are not among them. */
  readonly scores: ReadonlyMap<string, readonly number[]>;
}

/**
 * A model counts once, however many scores it was given and in however many runs; so does one that was fitted again just so (class, parameters
 * and rows) and came to the same scores, as when a notebook runs again from the top. A fit with another outcome is another model.
 */
export function countModels(looks: readonly LookOf[]): ModelCount {
  const known = groupsOf(looks.filter(({ model }) => "fit" in model));
  const unknown = byKey(
    looks.filter(({ model }) => !("fit" in model)),
    ({ notebook, model }) => JSON.stringify([notebook, model]),
  );
  const scores = new Map<string, number[]>();
  const give = (name: string, values: Iterable<number>) => {
    const given = scores.get(name) ?? [];
    scores.set(name, given);
    for (const value of values) given.push(value);
  };
  for (const group of known)
    for (const [name, value] of group.scores) if (group.heldOut.has(name)) give(name, [value]);
  let models = known.length;
  for (const group of unknown) {
    const names = new Map<string, Set<number>>();
    for (const look of group)
      for (const [name, values] of Object.entries(look.scores)) {
        const different = names.get(name) ?? new Set();
        names.set(name, different);
        for (const value of values) different.add(value);
      }
    // A table without a score is of one model at least.
    models += Math.max(1, ...[...names.values()].map(({ size }) => size));
    for (const [name, values] of names)
      if (group.every(({ heldOut }) => heldOut.includes(name))) give(name, values);
  }
  return { models, isLeast: unknown.length > 0, scores };
}

interface KnownModel {
  readonly likeness: string | null;
  readonly scores: Map<string, number>;
  readonly heldOut: Set<string>;
}

/** Looks by one fit together, then fits that are alike and scored alike. */
function groupsOf(looks: readonly LookOf[]): KnownModel[] {
  const fits = byKey(looks, ({ model }) => JSON.stringify(model)).map((same) => ({
    likeness: same.find(({ likeness }) => likeness !== null)?.likeness ?? null,
    scores: new Map(
      same.flatMap(({ scores }) =>
        Object.entries(scores).flatMap(([name, [value]]) =>
          value === undefined ? [] : [[name, value] as const],
        ),
      ),
    ),
    heldOut: new Set(same.flatMap(({ heldOut }) => heldOut)),
  }));
  return byKey(fits, ({ likeness }, at) => likeness ?? `alone ${at}`).flatMap(merged);
}

function merged(alike: readonly KnownModel[]): KnownModel[] {
  const models: KnownModel[] = [];
  for (const fit of alike) {
    const same = models.find((model) => scoredAlike(model, fit));
    if (same === undefined) models.push(fit);
    else {
      for (const [name, value] of fit.scores) same.scores.set(name, value);
      for (const name of fit.heldOut) same.heldOut.add(name);
    }
  }
  return models;
}

function scoredAlike(left: KnownModel, right: KnownModel): boolean {
  const both = [...left.scores].filter(([name]) => right.scores.has(name));
  return both.length > 0 && both.every(([name, value]) => right.scores.get(name) === value);
}

function byKey<Each>(all: readonly Each[], keyOf: (each: Each, at: number) => string): Each[][] {
  const groups = new Map<string, Each[]>();
  all.forEach((each, at) => {
    const key = keyOf(each, at);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [each]);
    else group.push(each);
  });
  return [...groups.values()];
}
