import type { Data } from "../facts/values/data.ts";
import type { Evaluation } from "../facts/values/fit.ts";
import { placeKey } from "../facts/values/learn.ts";
import type { Mark } from "../facts/values/mark.ts";
import type { Draft, NotebookFacts } from "../rule.ts";
import type { Link } from "./chain.ts";

/**
 * Which drafts are steps of one chain, with at least two: preparations that went into the same scores through the same splits, and that
 * stand on each other. Two do where what models learn from, or what a split cuts, has a column that went through both; where columns are
 * not told apart, where all of it did, unless the two are known to have met different columns.
 */
export function findChains(drafts: readonly Draft[], facts: NotebookFacts): ReadonlyMap<Draft, Link> {
  const groups = new Map<string, Step[]>();
  for (const draft of drafts) {
    const { told, about } = draft;
    if (!told || !about?.mark || !about.evaluations?.length) continue;
    const key = [told.seen, ...about.evaluations.map(({ id }) => id)].join("\0");
    const group = groups.get(key) ?? [];
    group.push({ draft, mark: about.mark, evaluations: about.evaluations });
    groups.set(key, group);
  }
  const links = new Map<Draft, Link>();
  for (const steps of groups.values()) {
    if (steps.length < 2) continue;
    for (const chain of connected(steps, dataOf(facts, steps))) {
      const { at } = chain[0].mark;
      for (const { draft, mark } of chain) {
        const behind = mark.from?.behind ?? new Set<string>();
        if (draft.told)
          links.set(draft, { ...draft.told, at: draft.at, behind, chain: `${at.cell}:${at.from}:${at.to}` });
      }
    }
  }
  return links;
}

interface Step {
  readonly draft: Draft;
  readonly mark: Mark;
  readonly evaluations: readonly Evaluation[];
}

type Chain = readonly [Step, Step, ...Step[]];

/** What the models learned from, and what was cut before: all of it went through the steps. */
function dataOf(facts: NotebookFacts, steps: readonly Step[]): readonly Data[] {
  const evaluations = steps[0]?.evaluations ?? [];
  const cuts = new Set(evaluations.flatMap(({ inputs }) => inputs.rows?.limits.map(({ cut }) => cut) ?? []));
  const splits = [...facts.splits.values()].filter(({ id }) => cuts.has(id));
  return [...evaluations.map(({ fit }) => fit.inputs), ...splits.map(({ inputs }) => inputs)];
}

/** The steps in groups in which each stands on another, in the order they are given; none of one step alone. */
function connected(steps: readonly Step[], data: readonly Data[]): Chain[] {
  const asked = new Set(steps.map(({ mark }) => placeKey(mark)));
  // Many models learn from the same.
  const met = [
    ...new Map(
      data
        .map((one) => placesIn(one, asked))
        .map(
          ({ all, columns }) =>
            [
              JSON.stringify([[...all], columns && [...columns].map(([place, own]) => [place, [...own]])]),
              { all, columns },
            ] as const,
        ),
    ).values(),
  ];
  const left = new Set(steps);
  const chains: Chain[] = [];
  for (const first of steps) {
    if (!left.delete(first)) continue;
    const chain = [first];
    for (const one of chain)
      for (const other of left)
        if (standTogether(one.mark, other.mark, met)) {
          left.delete(other);
          chain.push(other);
        }
    const [a, b, ...others] = steps.filter((step) => chain.includes(step));
    if (a && b) chains.push([a, b, ...others]);
  }
  return chains;
}

/** Where what data went through stands: for the whole of it, and in which columns, by their numbers; null where columns are not told apart. */
interface Met {
  readonly all: ReadonlySet<string>;
  readonly columns: ReadonlyMap<string, ReadonlySet<number>> | null;
}

function placesIn({ marks, columns }: Data, asked: ReadonlySet<string>): Met {
  const placesOf = (of: Data["marks"]) =>
    new Set([...of.values()].map(placeKey).filter((place) => asked.has(place)));
  const all = placesOf(marks);
  return {
    all,
    // Most of what is cut went through one of them at most.
    columns:
      all.size < 2 || !columns ? null : columnsBy([...columns.values()].map(({ marks }) => placesOf(marks))),
  };
}

function columnsBy(places: readonly ReadonlySet<string>[]): ReadonlyMap<string, ReadonlySet<number>> {
  const columns = new Map<string, Set<number>>();
  for (const [column, own] of places.entries())
    for (const place of own) columns.set(place, (columns.get(place) ?? new Set()).add(column));
  return columns;
}

function standTogether(first: Mark, second: Mark, met: readonly Met[]): boolean {
  const [one, other] = [placeKey(first), placeKey(second)];
  const both = met.filter(({ all }) => all.has(one) && all.has(other));
  const told = both.flatMap(({ columns }) => {
    const [own, others] = [columns?.get(one), columns?.get(other)];
    return own && others ? [[own, others] as const] : [];
  });
  return told.length === 0
    ? both.length > 0 && !areApart(first, second)
    : told.some(([own, others]) => [...own].some((column) => others.has(column)));
}

/** Whether two met columns of which none is the other's, and neither what the other had made. */
function areApart(first: Mark, second: Mark): boolean {
  const [one, other] = [first.from, second.from];
  if (!one?.columns || !other?.columns || isBehind(first, second) || isBehind(second, first)) return false;
  return ![...one.columns].some((name) => other.columns?.has(name));
}

/** Whether what one learned from had been through the other. */
function isBehind(first: Mark, second: Mark): boolean {
  return first.from?.behind.has(placeKey(second)) ?? false;
}
