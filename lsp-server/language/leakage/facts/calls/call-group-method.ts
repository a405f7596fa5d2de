import { groupEffect } from "../../api/known.ts";
import type { MethodCall } from "../effects/effect.ts";
import { groupEffects } from "../effects/group-effects.ts";
import type { Reference } from "../values/reference.ts";
import { notFollowed, unfollowed } from "../values/unfollowed.ts";

/** Runs a method of `frame.groupby(…)`, or of a window over it: there every answer stands beside its row. */
export function callGroupMethod(of: MethodCall): Reference {
  const { program, value, name, args, call } = of;
  const { store } = program;
  const known = groupEffect(name);
  const isWindow = value.kind === "grouped" && value.isWindow;
  const effect = isWindow && (known === undefined || !ofWindows.has(known)) ? "rows" : known;
  if (effect !== undefined) return store.allocate(groupEffects[effect](of));
  const values = [value, ...args.map((arg) => arg.value)];
  return store.allocate(unfollowed(program, notFollowed(program.textOf(call.callee.at)), values, call.at));
}

/** What a window does as groups do. */
const ofWindows: ReadonlySet<string> = new Set(["lag", "window", "ahead", "pipe"]);
