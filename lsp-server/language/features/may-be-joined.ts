import {
  type DefinitionProblem,
  type Definitions,
  isUnknown,
  known,
  type Settled,
  type SettledDefinitions,
} from "./model.ts";

/**
 * Whether a training set may be joined as far as its definitions go: the definitions it rests on with nothing unknown
 * among them, or everything about them that was not understood, each once. What they name and what does not exist is
 * for the resolver to say. Every way to a join, a preview, a materialization or a release comes through here.
 */
export function mayBeJoined(definitions: Definitions, trainingSet: string): Joinable {
  const set = definitions.trainingSets.findLast((each) => each.name === trainingSet);
  const references = (set && known(set.features)) ?? [];
  const names = new Set(references.map((reference) => reference.slice(0, reference.indexOf(":"))));
  const views = lastOf(definitions.views, names);
  const spine = set && known(set.spine);
  return settled(definitions, { trainingSets: set ? [set] : [], views, spine: spine ?? null });
}

/** The same of one view, which materialization takes alone. */
export function mayBeMaterialized(definitions: Definitions, view: string): Joinable {
  return settled(definitions, {
    trainingSets: [],
    views: lastOf(definitions.views, new Set([view])),
    spine: null,
  });
}

export interface Joinable {
  /** Null when there are problems. */
  readonly definitions: SettledDefinitions | null;
  readonly problems: readonly DefinitionProblem[];
}

function settled(
  definitions: Definitions,
  {
    trainingSets,
    views,
    spine,
  }: Pick<Definitions, "trainingSets" | "views"> & { readonly spine: string | null },
): Joinable {
  const sourceNames = new Set([
    ...views.flatMap((view) => known(view.source) ?? []),
    ...(spine === null ? [] : [spine]),
  ]);
  const entityNames = new Set(views.flatMap((view) => known(view.entities) ?? []));
  const reached = {
    entities: lastOf(definitions.entities, entityNames),
    sources: lastOf(definitions.sources, sourceNames),
    views,
    trainingSets,
  };
  const problems = Object.values(reached).flatMap((all) => all.flatMap(problemsOf));
  const distinct = [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
  if (distinct.length > 0) return { definitions: null, problems: distinct };
  return {
    definitions: {
      entities: reached.entities.filter(isSettled),
      sources: reached.sources.filter(isSettled),
      views: reached.views.filter(isSettled),
      trainingSets: reached.trainingSets.filter(isSettled),
    },
    problems: [],
  };
}

/** What of one definition was not understood. */
function problemsOf(definition: { readonly doubts: readonly DefinitionProblem[] }): DefinitionProblem[] {
  const unknown = Object.values(definition).flatMap((part) => (isUnknown(part) ? [part.unknown] : []));
  return [...definition.doubts, ...unknown];
}

function isSettled<D extends { readonly doubts: readonly DefinitionProblem[] }>(
  definition: D,
): definition is D & Settled<D> {
  return problemsOf(definition).length === 0;
}

/** The last definition of each name, in the order of the text. */
function lastOf<D extends { readonly name: string }>(all: readonly D[], names: ReadonlySet<string>): D[] {
  return [...new Map(all.filter(({ name }) => names.has(name)).map((each) => [each.name, each])).values()];
}
