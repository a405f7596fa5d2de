import type { DefinitionProblem, Definitions, Place } from "../model.ts";
import type { Reading } from "./reading.ts";
import { sayPlace } from "./say-place.ts";
import type { Value } from "./value.ts";

/** Gathers definitions as they are made; the last of a name wins, and two that differ under one name are doubted. */
export interface Collector {
  collect(value: Value): void;
  definitions(): Definitions;
  /** Whether something may have been defined that was not read. */
  partly(): boolean;
}

export function collector(reading: Reading): Collector {
  const entities = namesake(reading, "entity");
  const sources = namesake(reading, "source");
  const views = namesake(reading, "feature view");
  const trainingSets = namesake(reading, "training set");
  let unread = false;
  return {
    collect(value) {
      if (value.kind === "entity") entities.add(value.entity);
      else if (value.kind === "source") sources.add(value.source);
      else if (value.kind === "view") views.add(value.view);
      else if (value.kind === "training-set") trainingSets.add(value.trainingSet);
      else if (value.kind === "dynamic") unread = true;
    },
    definitions() {
      for (const { set, view, place } of reading.meant) {
        const last = views.of(view.name);
        if (last && !alike(last, view)) {
          const message = `"${view.name}" in views is not the last view of that name.`;
          reading.doubt(set, problem(message, place, reading));
        }
      }
      const stopped = reading.stopped();
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
}

/** The definitions of one kind by name, in the order first named. */
function namesake(reading: Reading, kind: string) {
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

function problem(message: string, place: Place, reading: Reading): DefinitionProblem {
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
