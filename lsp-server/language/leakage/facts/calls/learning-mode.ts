import { inside, partsOf } from "../../inside.ts";
import type { Expression, Place, Statement } from "../../ir.ts";
import type { Program } from "../program.ts";
import { constantOf, placeOf, scalar, someObject } from "../values/kinds.ts";
import { mode } from "../values/mode.ts";
import type { Reference } from "../values/reference.ts";
import type { Constant, Passed, Value } from "../values/value.ts";
import { argument } from "./arguments.ts";

/** What torch's modules hold of themselves from the beginning: that they are to learn. */
export function toLearn(
  program: Program,
  entries: Value["entries"] | Iterable<readonly [string, Reference]>,
): ReadonlyMap<string, Reference> {
  return new Map([...(entries ?? []), [mode, program.store.allocate(scalar(true))]]);
}

/** Layers in a row, which a module of torch's is made of. */
export function holdLayers(program: Program, made: Reference, args: readonly Passed[]): void {
  const { store } = program;
  const layers = args.map(({ reference }, at) => [String(at), reference] as const);
  store.write(made, { ...store.read(made), entries: toLearn(program, layers) });
}

/** What a module's `forward` does by a function, told by one of its arguments whether it learns; not told, as if it always did. */
export function holdLayerNow(program: Program, name: string, training: Reference | null, at: Place): void {
  const { store, running } = program;
  const self = running?.self ?? null;
  if (self === null || !store.read(self).entries?.has(mode)) return;
  const module = store.read(self);
  const isTold = training !== null && (training === module.entries?.get(mode) || !isTrue(store, training));
  if (!isTold && mayBePassed(running?.body ?? [], at)) return;
  const layer: Value = {
    ...someObject,
    kind: "layer",
    path: isTold ? name : `${name}()`,
    entries: isTold ? new Map([[mode, training]]) : null,
  };
  store.write(self, {
    ...module,
    entries: new Map([
      ...(module.entries ?? []),
      [`${byFunction}${at.cell}:${at.from}`, store.allocate(layer)],
    ]),
  });
}

/** Begins the name of an entry that stands for what a function does. */
const byFunction = "by a function at ";

/** Whether a function's body may get past a place, as it does where it asks first whether it is to learn. */
function mayBePassed(body: readonly (Statement | Expression)[], at: Place): boolean {
  const holds = ({ at: around }: Statement | Expression): boolean =>
    around.cell === at.cell && around.from <= at.from && at.to <= around.to;
  return body.some((one): boolean => {
    const isHere = holds(one);
    switch (one.op) {
      // What a function inside of it does, that one does.
      case "class":
      case "function":
      case "lambda":
        return false;
      case "branch":
        if (isHere || one.tests.some(asksMode)) return true;
        break;
      case "choose":
        if ((isHere && !holds(one.test)) || asksMode(one.test)) return true;
        break;
      case "binary":
        if (/^(and|or)$/.test(one.operator) && holds(one.right)) return true;
        break;
      case "each":
        if (isHere && one.yields.some((said) => !holds(said) && asksMode(said))) return true;
        break;
    }
    return mayBePassed(partsOf(one), at);
  });
}

/** Whether an expression asks whether something is to learn, by a name for that. */
function asksMode(test: Expression): boolean {
  return [...inside(test)].some(
    (one) => (one.op === "attribute" || one.op === "name") && /(^|_)training$/.test(one.name),
  );
}

function isTrue({ read }: Program["store"], reference: Reference): boolean {
  return constantOf(read(reference)) === true;
}

/** Hears that a module is to learn or to answer, with all modules in it: `net.eval()`, `net.train(phase == "train")`. */
export function hearMode(program: Program, owner: Reference, name: string, args: readonly Passed[]): void {
  const training = program.store.read(owner).entries?.get(mode);
  if (training === undefined) return;
  const given = argument(args, 0, "mode");
  if (name === "eval") setMode(program, owner, false);
  // What told it to answer tells it to learn again: what stands between may be somebody else's, `with answering(net): …`.
  else if (name === "train" && isOfRunning(program, placeOf(program.store.read(training))))
    setMode(program, owner, undefined);
  else if (name === "train") setMode(program, owner, given ? constantOf(given.value) : true);
  // Whoever goes through its parts may tell some of them to answer.
  else if (/^(named_)?(modules|children)$/.test(name) || (name === "apply" && mayTell(program, args)))
    setMode(program, owner, undefined);
}

function isOfRunning({ running }: Program, at: Place | null): boolean {
  const own = running?.body[0]?.at;
  return own !== undefined && at !== null && own.cell === at.cell && own.from === at.from;
}

/** Whether a function that each part is given tells it something. */
function mayTell(program: Program, args: readonly Passed[]): boolean {
  return args.some(({ value, expression }) => {
    const parts = [expression.at, ...(value.code?.body ?? []).map(({ at }) => at)];
    return parts.some((at) => /\.(eval|train)\b/.test(program.textOf(at)));
  });
}

/** Modules that something which nobody followed was given: it may have told them anything. */
export function loseMode(program: Program, callee: string, args: readonly Passed[]): void {
  if (harmless.test(callee)) return;
  for (const { reference, value } of args)
    if (value.entries?.has(mode)) setMode(program, reference, undefined);
}

/** The layer by which a module surely answers otherwise than it will when it is used; null where it has none, or was told to answer. */
export function learningLayer({ store, running }: Program, owner: Reference): string | null {
  // A part of a module that answers: what that answers is another matter, and the whole of this one.
  const around = running?.self ?? null;
  if (around !== null && around !== owner && store.read(around).entries?.has(mode)) return null;
  let found: string | null = null;
  each(store, owner, (value) => {
    const training = value.entries?.get(mode);
    const isLearning = training === undefined || isTrue(store, training);
    if (value.kind === "layer" && isLearning) found ??= value.path;
    return true;
  });
  return store.read(owner).entries?.has(mode) ? found : null;
}

const harmless = /(^|[._])(count|draw|info|log|plot|print|save|summary|watch)(?![a-z])/i;

function setMode({ store, running }: Program, owner: Reference, to: Constant): void {
  const at = running?.body[0]?.at ?? null;
  each(store, owner, ({ entries }, reference) => {
    const training = entries?.get(mode);
    if (training !== undefined) store.write(training, { ...scalar(to), at: to === false ? at : null });
    // What its functions did in the other mode, they may not do in this one.
    const kept = [...(entries ?? [])].filter(([name]) => !name.startsWith(byFunction));
    if (kept.length < (entries?.size ?? 0))
      store.write(reference, { ...store.read(reference), entries: new Map(kept) });
    return true;
  });
}

/** A module, and whatever stands in it, as long as the visitor wants to see what stands in that. */
function each(
  { read }: Program["store"],
  from: Reference,
  visit: (value: Value, reference: Reference) => boolean,
): void {
  const seen = new Set<Reference>([from]);
  for (const reference of seen) {
    const value = read(reference);
    if (!visit(value, reference)) continue;
    for (const part of [...(value.entries?.values() ?? []), ...(value.items ?? [])])
      if (seen.size < mostParts) seen.add(part);
  }
}

const mostParts = 400;
