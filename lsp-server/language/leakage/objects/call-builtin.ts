import { type Asked, handed } from "./asked.ts";
import { attributeOf } from "./attribute-of.ts";
import { callBack, codeIn } from "./call-back.ts";
import { only, plainValue, type Thing, type Things } from "./thing.ts";

/** Python's own functions; null for one that does as others do. */
export function callBuiltin(name: string, asked: Asked): Things | null {
  const { run, given, at } = asked;
  if (anything.has(name) || (name === "vars" && given.length === 0)) {
    run.isAnything = true;
    return only(run.make(at, "unread"));
  }
  if (name === "get_ipython") return only(run.make(at, "library"));
  if (name === "getattr") {
    const said = asked.args[1]?.value;
    const of = given[0]?.things ?? new Set<Thing>();
    const isTold = said?.op === "constant" && typeof said.value === "string";
    return isTold ? attributeOf(at, of, String(said.value), run) : run.reachable(of);
  }
  if (name === "setattr" || name === "delattr") return null;
  const all = handed(asked);
  callBack(asked, codeIn(run, all), new Set(all));
  for (const one of all) if (one.isIterator || name === "next") run.change(one);
  if (telling.has(name)) return only(plainValue);
  const parts = run.reachable(all);
  return new Set([...parts, run.make(at, "plain", parts, { isIterator: moving.has(name) })]);
}

const moving: ReadonlySet<string> = new Set(["enumerate", "filter", "iter", "map", "reversed", "zip"]);

const anything: ReadonlySet<string> = new Set(["__import__", "eval", "exec", "globals", "locals"]);

/** What answers with a number, a text or nothing. */
const telling: ReadonlySet<string> = new Set(
  (
    "abs all any ascii bin bool breakpoint bytes callable chr complex dir display divmod float format hasattr hash help hex id input int " +
    "isinstance issubclass len oct open ord pow print range repr round str type"
  ).split(" "),
);
