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
  return trailFrom({ last: null, stops: [] }, remembered);
}

/** What forgets its stops, in the order of use; of notebooks that were closed, nothing holds on to it. */
type Remembered = Set<WeakRef<() => void>>;
const remembered: Remembered = new Set();
const mostRemembered = 8;

/** What the last run leaves. Plain data: a function would hold on to all that it was made among. */
interface Left {
  readonly last: Last | null;
  readonly stops: readonly Stop[];
}

interface Last extends Pick<World, "sql" | "modules"> {
  readonly cells: Cells;
}

function trailFrom({ last, stops }: Left, used: Remembered): Trail {
  let asked = new Map<string, Schema | null>();
  let wanted: ReadonlySet<number> = new Set();
  const forget = (): void => {
    stops = [];
  };
  const own = new WeakRef(forget);

  return {
    begin(cells, world) {
      const { changed, sound } = soundStops({ last, stops }, cells, world);
      const from = sound.reduce<Stop | null>(
        (best, stop) => (stop.before > (best?.before ?? -1) ? stop : best),
        null,
      );
      const memory = from && copyOf(from.memory);
      stops = memory ? sound : [];
      const passed = new Set(stops.map(({ before }) => before));
      wanted = new Set(last === null ? [] : boundaries(cells, changed).filter((at) => !passed.has(at)));
      last = { cells, sql: world.sql, modules: world.modules };
      asked = new Map(memory ? from.asked : []);
      return {
        at: memory ? from.before : 0,
        memory: memory ?? nothingRemembered(),
        schemaOf: askedIn(world, asked),
      };
    },
    fork: () => trailFrom({ last, stops }, new Set()),
    pass(index, memory) {
      const copy = wanted.has(index) ? copyOf(memory) : null;
      if (!copy) return;
      stops = [...stops, { before: index, memory: copy, asked: new Map(asked) }];
      used.delete(own);
      used.add(own);
      const [oldest] = used;
      if (!oldest || used.size <= mostRemembered) return;
      used.delete(oldest);
      oldest.deref()?.();
    },
  };
}

/** Which cell is the first that changed, and which stops before it rest on what the world still answers. */
function soundStops({ last, stops }: Left, cells: Cells, world: World) {
  const changed = last === null ? 0 : firstChange(last.cells, cells);
  const isSameWorld = last?.sql === world.sql && last.modules === world.modules;
  const kept = new Set(boundaries(cells, changed));
  const sound = stops.filter(
    ({ before, asked }) =>
      isSameWorld &&
      before <= changed &&
      kept.has(before) &&
      [...asked].every(([path, answer]) => world.schemaOf(path) === answer),
  );
  return { changed, sound };
}

/** Before which cells it is worth to stop: the one that changed, and every tenth part. */
function boundaries({ length }: Cells, changed: number): number[] {
  const spacing = Math.max(5, Math.ceil(length / 10));
  return [changed, ...Array.from({ length: Math.ceil(length / spacing) }, (_, at) => at * spacing)];
}

/** The world's answers, which are written down. */
function askedIn({ schemaOf }: World, asked: Map<string, Schema | null>): World["schemaOf"] {
  return (path) => {
    const answer = schemaOf(path);
    asked.set(path, answer);
    return answer;
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
    turning: new Set(),
    unbound: new Map(),
    hasMetRows: false,
    files: new Map(),
    answers: new Map(),
    forecasts: new Map(),
    unfollowedCalls: [],
    steps: 0,
    defined: [],
    invoked: new Set(),
    reached: new Set(),
    leftOut: new Map(),
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
      unfitted: [...facts.unfitted],
      learnedOf: new Map(facts.learnedOf),
      splits: new Map(facts.splits),
      joins: new Map(facts.joins),
      shifted: new Set(facts.shifted),
      scored: new Map(facts.scored),
      answered: new Map(facts.answered),
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
    turning: new Set(memory.turning),
    unbound: new Map(memory.unbound),
    hasMetRows: memory.hasMetRows,
    files: new Map(memory.files),
    answers: new Map(memory.answers),
    forecasts: new Map(memory.forecasts),
    unfollowedCalls: [...memory.unfollowedCalls],
    steps: memory.steps,
    defined: [...memory.defined],
    invoked: new Set(memory.invoked),
    reached: memory.reached,
    leftOut: memory.leftOut,
  };
}
