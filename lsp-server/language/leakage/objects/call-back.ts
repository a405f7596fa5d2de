import type { Asked } from "./asked.ts";
import { boundTo } from "./attribute-of.ts";
import { callCode, construct, type Given } from "./definitions.ts";
import type { Run } from "./run.ts";
import type { Thing, Things } from "./thing.ts";

/** What is, or holds, code that may be called: functions, the notebook's own objects, and what nobody has read. */
export function codeIn(run: Run, things: Iterable<Thing>): Thing[] {
  return [...run.reachable(things)].filter(
    ({ kind, isUnreadCode }) =>
      kind === "function" || kind === "own" || kind === "class" || isUnreadCode === true,
  );
}

/** Whoever is handed code may call it with whatever else it has. */
export function callBack(asked: Asked, code: readonly Thing[], with_: Things): void {
  const { run } = asked;
  if (code.length === 0) return;
  const things = new Set([...run.reachable(with_)].filter((one) => !code.includes(one)));
  const given: Given = { name: null, isSpread: true, things };
  run.spend(code.length * things.size);
  for (const one of code) {
    if (one.code) callCode(one.code, [given], run);
    else if (one.kind === "own") callHeld(one, given, run);
    else if (one.kind === "class") construct(one, one, [given], run);
    else run.changeAll([one, ...things]);
  }
}

/** An own object that something holds, a transformer in a pipeline: any of its methods may be called. */
function callHeld(one: Thing, given: Given, run: Run): void {
  for (const [name, code] of one.ownClass?.methods ?? [])
    if (name !== "__init__") callCode(boundTo(one, code), [given], run);
}
