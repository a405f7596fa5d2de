import type { GroupEffect } from "../../../api/effects.ts";
import { groupEffect } from "../../../api/known.ts";
import { asData, constantOf } from "../../values/kinds.ts";
import type { MarkKind } from "../../values/mark.ts";
import { type Traits, unionTraits } from "../../values/traits.ts";
import type { Value } from "../../values/value.ts";
import { allTraits } from "../../values/value-traits.ts";
import { withinGroups } from "../along.ts";
import { historyOf, type MethodCall } from "../effect.ts";
import { ahead } from "./ahead.ts";
import { fill } from "./fill.ts";
import { lag } from "./lag.ts";
import { learnedOf } from "./learned-of.ts";
import { rows } from "./rows.ts";

/** A statistic of the group, beside each of its rows; or what a function, or a method by its name, makes of its earlier rows. */
export function transform(of: MethodCall): Value {
  const { value, args } = of;
  // Of a window, it says how it opened.
  if (value.kind === "grouped" && value.isWindow) return rows(of);
  const asked = of.name === "transform" ? constantOf(args[0]?.value) : undefined;
  if (typeof asked === "string") {
    const beside = besideRow[groupEffect(asked) ?? "groups"];
    if (beside) return beside({ ...of, name: asked, args: args.slice(1) });
  }
  return { ...asData(of.value), columns: null, gone: null, rest: madeByOwn(of) ?? learnedOf(of) };
}

/** What a function of the notebook's own makes of a group: of earlier rows alone, or learned of the group as a whole; null for all others. */
function madeByOwn(of: MethodCall): Traits | null {
  const { program, value, args, call } = of;
  const [callback] = args;
  if (!callback || callback.value.code === null) return null;
  const before = allTraits(value, program.store.read);
  const answer = withinGroups(program.callBack(callback.reference, [asData(value)], call.at), value);
  const made = allTraits(answer, program.store.read);
  const own = [...made.marks.values()].filter(({ id }) => !before.marks.has(id));
  if (own.length > 0 && own.every(({ kind }) => looking.has(kind)))
    return unionTraits(made, historyOf(program, args));
  return learnedOf(
    of,
    own.filter(({ kind }) => kind === "statistic"),
  );
}

/** What `transform("shift")` and its kin do, as `shift()` does. */
const besideRow: { readonly [id in GroupEffect]?: (of: MethodCall) => Value } = { ahead, fill, lag, rows };

const looking: ReadonlySet<MarkKind> = new Set(["lag", "ahead", "carried"]);
