import type { DefinitionProblem, Definitions, Place } from "../model.ts";
import type { Reading } from "./reading.ts";
import { sayPlace } from "./say-place.ts";
import type { Value } from "./values/value.ts";

/** Gathers definitions as they are made; the last of a name wins, and two that differ under one name are doubted. */
export interface Collector {
  collect(value: Value): void;
  /** The view that a name means now. */
  viewNamed(name: string): Value | null;
  definitions(): Definitions;
  /** Whether something may have been defined that was not read. */
  partly(): boolean;
}

/** `reading` is asked for late: it needs to know what was collected itself. */
export function collector(readingNow: () => Reading): Collector {
  const reading: Pick<Reading, "doubt" | "problems"> = {
    doubt: (definition, found) => readingNow().doubt(definition, found),
    get problems() {
      return readingNow().problems;
    },
  };
  const entities = namesake(reading, "entity");
  const sources = namesake(reading, "source");
  const views = namesake(reading, "feature view");
  const trainingSets = namesake(reading, "training set");
  const viewValues = new Map<string, Value>();
  let unread = false;

  /** What a definition holds must be what its name means in the end: joins are made by names. */
  function checkHeld(holder: object & Named, value: Value): void {
    const found = named(value);
    if (!found) return;
    const { kind, made, all } = found;
    const last = all.of(made.name);
    // The last of a name is looked at for itself.
    if (!last || last === made) return;
    const told = last.doubts.some(({ code }) => code === "features/two-of-one-name");
    const message = `It holds the ${kind} "${made.name}" of ${sayPlace(made.place)}; another of that name is made at ${sayPlace(last.place)}. Give one of them another name, or make this below both.`;
    if (!told && !alike(last, made)) reading.doubt(holder, problem(message, holder.place, reading));
    for (const doubt of made.doubts) reading.doubt(holder, doubt);
    for (const each of readingNow().held.get(made) ?? []) checkHeld(holder, each);
  }

  function named(value: Value) {
    if (value.kind === "view") return { kind: "feature view", made: value.view, all: views };
    if (value.kind === "source") return { kind: "source", made: value.source, all: sources };
    return value.kind === "entity" ? { kind: "entity", made: value.entity, all: entities } : null;
  }

  return {
    viewNamed: (name) => viewValues.get(name) ?? null,
    collect(value) {
      if (value.kind === "entity") entities.add(value.entity);
      else if (value.kind === "source") sources.add(value.source);
      else if (value.kind === "view") {
        views.add(value.view);
        viewValues.set(value.view.name, value);
      } else if (value.kind === "training-set") trainingSets.add(value.trainingSet);
      else if (value.kind === "dynamic") unread = true;
    },
    definitions() {
      for (const each of [...views.all(), ...trainingSets.all()])
        for (const value of readingNow().held.get(each) ?? []) checkHeld(each, value);
      const stopped = readingNow().stopped();
      if (stopped)
        for (const each of [views, trainingSets]) for (const one of each.all()) reading.doubt(one, stopped);
      return {
        entities: entities.all() as Definitions["entities"],
        sources: sources.all() as Definitions["sources"],
        views: views.all() as Definitions["views"],
        trainingSets: trainingSets.all() as Definitions["trainingSets"],
        problems: [],
      };
    },
    partly: () => unread,
  };
}

interface Named {
  readonly name: string;
  readonly variable: string | null;
  readonly place: Place;
  readonly doubts: readonly DefinitionProblem[];
}

/** The definitions of one kind by name, in the order first named. */
function namesake(reading: Pick<Reading, "doubt" | "problems">, kind: string) {
  const byName = new Map<string, Named>();
  return {
    add(made: Named): void {
      const before = byName.get(made.name);
      byName.set(made.name, made);
      // A variable that is assigned anew means its new value, as in Python.
      const again =
        made.variable !== null &&
        made.variable === before?.variable &&
        made.place.within?.name === before.place.within?.name;
      const anotherCell =
        made.variable !== null &&
        made.variable === before?.variable &&
        made.place.cellId !== null &&
        before.place.cellId !== null;
      if (!before || again || anotherCell || alike(before, made)) return;
      const message = `Another ${kind} is called "${made.name}", ${sayPlace(before.place)}, and says something else. Give one of them another name.`;
      reading.doubt(made, problem(message, made.place, reading));
    },
    of: (name: string) => byName.get(name),
    all: (): readonly Named[] => [...byName.values()],
  };
}

function problem(message: string, place: Place, reading: Pick<Reading, "problems">): DefinitionProblem {
  const found: DefinitionProblem = { code: "features/two-of-one-name", message, severity: "error", place };
  reading.problems.push(found);
  return found;
}

/** Whether two definitions say the same, wherever they stand. */
function alike(left: object, right: object): boolean {
  return left === right || meaning(left) === meaning(right);
}

function meaning(definition: object): string {
  return JSON.stringify(definition, (key, part: unknown) =>
    ["place", "variable", "owner", "doubts"].includes(key) ? undefined : part,
  );
}
