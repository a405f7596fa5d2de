import type { Program } from "../program.ts";
import type { MarkKind } from "./mark.ts";
import type { Reference } from "./reference.ts";
import { noTraits, type Traits, unionTraits } from "./traits.ts";
import type { Value } from "./value.ts";
import { allTraits, withTraits } from "./value-traits.ts";

/** What a condition has learned from rows: whatever is chosen by it says so, too. */
export function impliedBy(program: Program, tests: readonly Value[]): Traits {
  const marks = new Map(
    tests.flatMap((test) =>
      [...allTraits(test, program.store.read).marks].filter(([, { kind }]) => learning.has(kind)),
    ),
  );
  return marks.size === 0 ? noTraits : { marks, columns: noTraits.columns };
}

/** Does something while conditions hold that have learned from rows. */
export function implying(program: Program, added: Traits, run: () => void): void {
  const { implied } = program;
  program.implied = unionTraits(implied, added);
  run();
  program.implied = implied;
}

/** Something that is put among others while conditions hold: that it is there has learned from rows. */
export function chosen(program: Program, reference: Reference): Reference {
  const { implied, store } = program;
  return implied === noTraits ? reference : store.allocate(withTraits(store.read(reference), implied));
}

const learning: ReadonlySet<MarkKind> = new Set(["statistic", "supervised", "ahead"]);
