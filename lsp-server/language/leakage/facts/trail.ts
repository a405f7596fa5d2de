import type { Statement } from "../ir.ts";
import { type Memory, nothingNoted, type Program, type Schema } from "./program.ts";
import { createStore } from "./values/store.ts";

/** What a run is told of the world outside of the notebook. */
export type World = Pick<Program, "textOf" | "sql" | "modules" | "schemaOf" | "isAnyones">;

type Cells = readonly (readonly Statement[])[];

/** What earlier runs of a notebook leave for the next, which begins at the cell that has changed since. */
export interface Trail {
  /** Where a run of these cells begins, what it remembers there, and whom it asks for the columns of files. */
  begin(
    cells: Cells,
    world: World,
  ): { readonly at: number; readonly memory: Memory; readonly schemaOf: World["schemaOf"] };
  /** Before each cell that is run. */
  pass(index: number, memory: Memory): void;
  /** Another, for runs of texts that are only tried: it begins with what this one leaves. */
  fork(): Trail;
}

/** Begins at the top, and leaves nothing. */
export const noTrail: Trail = {
  begin: (_cells, { schemaOf }) => ({ at: 0, memory: nothingRemembered(), schemaOf }),
  pass: () => {},
  fork: () => noTrail,
};

/**
 * Remembers the run before the cell that changed last, where the next key press will fall too, and before every tenth part of a
 * notebook that was changed once. What was not changed yet costs no memory, nor do others than those that were changed last.
 */
export function createTrail(): Trail {
  return trailFrom({ last: null, lastWorld: null, stops: [] }, remembered);
}

/** What forgets its stops, in the order of use. */
type Remembered = Set<() => void>;
const remembered: Remembered = new Set();
const mostRemembered = 8;

/** What the last run leaves. */
interface Left {
  last: Cells | null;
  lastWorld: World | null;
  stops: readonly Stop[];
}

function trailFrom(given: Left, used: Remembered): Trail {
  let { last, lastWorld, stops } = given;
  let asked = new Map<string, Schema | null>();
  let isWanted = (_index: number): boolean => false;
  const forget = (): void => {
    stops = [];
  };

  return {
    begin(cells, world) {
      const changed = last === null ? 0 : firstChange(last, cells);
      const isSameWorld = lastWorld?.sql === world.sql && lastWorld.modules === world.modules;
      stops = stops.filter(
        (stop) =>
          isSameWorld &&
          stop.before <= changed &&
          [...stop.asked].every(([path, answer]) => world.schemaOf(path) === answer),
      );
      const spacing = Math.max(5, Math.ceil(cells.length / 10));
      const isFirst = last === null;
      stops = stops.filter(({ before }) => before % spacing === 0 || before === changed);
      isWanted = (index) =>
        !isFirst &&
        (index === changed || index % spacing === 0) &&
        stops.every(({ before }) => before !== index);
      [last, lastWorld] = [cells, world];
      const from = stops.reduce<Stop | null>(
        (best, stop) => (stop.before > (best?.before ?? -1) ? stop : best),
        null,
      );
      const memory = from && copyOf(from.memory);
      if (memory === null) stops = [];
      asked = new Map(memory ? from.asked : []);
      return {
        at: memory ? from.before : 0,
        memory: memory ?? nothingRemembered(),
        schemaOf(path) {
          const answer = world.schemaOf(path);
          asked.set(path, answer);
          return answer;
        },
      };
    },
    fork: () => trailFrom({ last, lastWorld, stops }, new Set()),
    pass(index, memory) {
      const copy = isWanted(index) ? copyOf(memory) : null;
      if (!copy) return;
      stops = [...stops, { before: index, memory: copy, asked: new Map(asked) }];
      used.delete(forget);
      used.add(forget);
      const [oldest] = used;
      if (!oldest || used.size <= mostRemembered) return;
      used.delete(oldest);
      oldest();
    },
  };
}

/** What was remembered before a cell, and which answers of the world it rests on. */
interface Stop {
  readonly before: number;
  readonly memory: Memory;
  readonly asked: ReadonlyMap<string, Schema | null>;
}

function firstChange(before: Cells, now: Cells): number {
  const at = now.findIndex((cell, index) => cell !== before[index]);
  return at < 0 ? now.length : at;
}

function nothingRemembered(): Memory {
  return {
    store: createStore(),
    facts: nothingNoted(),
    unreadModules: new Map(),
    loaded: new Map(),
    repeated: new Set(),
    madeIn: new Map(),
    unbound: new Map(),
    hasMetRows: false,
    files: new Map(),
    answers: new Map(),
    unfitted: [],
    forecasts: new Map(),
    unfollowedCalls: [],
    steps: 0,
    defined: [],
    invoked: new Set(),
  };
}

/** Values are never changed, only what holds them; null where what holds them cannot be told apart. */
function copyOf(memory: Memory): Memory | null {
  const store = memory.store.copy();
  if (store === null) return null;
  const { facts } = memory;
  return {
    store,
    facts: {
      fits: new Map(facts.fits),
      evaluations: new Map(facts.evaluations),
      splits: new Map(facts.splits),
      joins: new Map(facts.joins),
      shifted: new Set(facts.shifted),
      scored: new Set(facts.scored),
      tuned: new Map(facts.tuned),
      definitions: new Map(facts.definitions),
      transformations: new Map(
        [...facts.transformations].map(([body, { calls, answers, queries, ...one }]) => [
          body,
          { ...one, calls: new Map(calls), answers: [...answers], queries: new Map(queries) },
        ]),
      ),
      definedQueries: [...facts.definedQueries],
      compared: new Map(facts.compared),
      filters: new Map(facts.filters),
      tableless: new Map(facts.tableless),
      groupings: new Map(facts.groupings),
      columnsRead: new Map([...facts.columnsRead].map(([table, names]) => [table, new Set(names)])),
      saved: new Map(facts.saved),
      seeds: new Set(facts.seeds),
      imports: new Map(facts.imports),
      gaps: new Map(facts.gaps),
    },
    unreadModules: new Map(memory.unreadModules),
    loaded: new Map(memory.loaded),
    repeated: new Set(memory.repeated),
    madeIn: new Map(memory.madeIn),
    unbound: new Map(memory.unbound),
    hasMetRows: memory.hasMetRows,
    files: new Map(memory.files),
    answers: new Map(memory.answers),
    unfitted: [...memory.unfitted],
    forecasts: new Map(memory.forecasts),
    unfollowedCalls: [...memory.unfollowedCalls],
    steps: memory.steps,
    defined: [...memory.defined],
    invoked: new Set(memory.invoked),
  };
}
