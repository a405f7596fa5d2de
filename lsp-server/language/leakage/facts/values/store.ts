import type { Scope } from "./code.ts";
import { joinValues } from "./join-values.ts";
import { constantOf, unknown } from "./kinds.ts";
import { find, type Layer } from "./layer.ts";
import type { Reference } from "./reference.ts";
import type { Value } from "./value.ts";

/** The names and objects of a running program, in layers: a branch writes to a layer of its own, and layers meet again. */
export interface Store {
  /** The object a name stands for, or undefined. Local names first. */
  lookup(name: string): Reference | undefined;
  bind(name: string, reference: Reference): void;
  forget(name: string): void;
  /** From here on, in this scope, the name is the notebook's. */
  declareGlobal(name: string): void;
  /** From here on, in this scope, the name is that of the function around it. */
  declareNonlocal(name: string): void;
  read(reference: Reference): Value;
  write(reference: Reference, value: Value): void;
  /** A new object. */
  allocate(value: Value): Reference;
  /** Runs each arm on a state of its own; afterwards the state is what any of them may have left. */
  branch(arms: readonly (() => void)[]): void;
  /** Runs `body` with names of its own on top of the notebook's, and of those around it. */
  inScope(body: () => void, around?: Scope | null): void;
  /** The names of the function that runs now, for those defined in it; null outside. */
  around(): Scope | null;
  /** The names bound in this scope. */
  locals(): ReadonlyMap<string, Reference>;
  /** Binds a name of the notebook, wherever it is done. */
  bindGlobal(name: string, reference: Reference): void;
  /** Whether a name is the notebook's, seen from where it is read. */
  isGlobal(name: string): boolean;
  /** The notebook's own names. */
  globals(): ReadonlyMap<string, Reference>;
  /**
   * A store that begins as this one stands now. Null inside of branches and functions, and once a function of this one or of any of its
   * copies has changed names of the function around it: those all of them share.
   */
  copy(): Store | null;
}

/** An empty store. */
export function createStore(): Store {
  return storeOf(new Map(), [null], { isShared: false });
}

/** References count up from one, so outside branches an array holds the objects: most are written once and read once. */
function storeOf(
  globals: Map<string, Reference>,
  objects: (Value | null)[],
  family: { isShared: boolean },
): Store {
  let next = objects.length;
  let scopes: Layer<string, Reference>[] = [{ own: globals, under: null }];
  let globalNames = new Set<string>();
  let nonlocalNames = new Set<string>();
  let heap: Layer<Reference, Value> | null = null;

  const put = (reference: Reference, value: Value): void => {
    if (heap) heap.own.set(reference, value);
    else objects[reference] = value;
  };

  const store: Store = {
    lookup(name) {
      const local = globalNames.has(name) ? undefined : find(scopes.at(-1), name);
      return local ?? (scopes.length > 1 ? find(scopes[0], name) : undefined);
    },
    bind(name, reference) {
      for (let at = nonlocalNames.has(name) ? scopes.at(-1)?.under : null; at; at = at.under) {
        if (!at.own.has(name)) continue;
        at.own.set(name, reference);
        return;
      }
      scopes.at(globalNames.has(name) ? 0 : -1)?.own.set(name, reference);
    },
    forget(name) {
      store.bind(name, store.allocate(unknown));
    },
    declareGlobal(name) {
      if (scopes.length > 1) globalNames.add(name);
    },
    declareNonlocal(name) {
      family.isShared = true;
      nonlocalNames.add(name);
    },
    read: (reference) => (heap && find(heap, reference)) ?? objects[reference] ?? unknown,
    write(reference, value) {
      put(reference, value);
    },
    allocate(value) {
      const reference = next++;
      if (heap) objects[reference] = null;
      put(reference, value);
      return reference;
    },
    branch(arms) {
      const outerScopes = scopes;
      const outerHeap = heap;
      const ends: { names: Map<string, Reference>; values: Map<Reference, Value> }[] = [];
      for (const arm of arms) {
        const names = new Map<string, Reference>();
        const values = new Map<Reference, Value>();
        scopes = outerScopes.with(-1, { own: names, under: outerScopes.at(-1) ?? null });
        heap = { own: values, under: outerHeap };
        arm();
        ends.push({ names, values });
      }
      scopes = outerScopes;
      heap = outerHeap;
      meet(ends);
    },
    around: () => (scopes.length > 1 ? (scopes.at(-1) ?? null) : null),
    locals: () => scopes.at(-1)?.own ?? globals,
    bindGlobal(name, reference) {
      scopes[0]?.own.set(name, reference);
    },
    isGlobal: (name) =>
      scopes.length === 1 || globalNames.has(name) || find(scopes.at(-1), name) === undefined,
    globals() {
      const all = new Map<string, Reference>();
      for (let at: Scope | null = scopes[0] ?? null; at; at = at.under)
        for (const [name, reference] of at.own) if (!all.has(name)) all.set(name, reference);
      return all;
    },
    copy: () =>
      family.isShared || heap || scopes.length > 1
        ? null
        : storeOf(new Map(globals), objects.slice(), family),
    inScope(body, around = null) {
      const outer = scopes;
      const outerNames = globalNames;
      const outerNonlocal = nonlocalNames;
      scopes = [...outer.slice(0, 1), { own: new Map(), under: around }];
      globalNames = new Set();
      nonlocalNames = new Set();
      body();
      scopes = outer;
      globalNames = outerNames;
      nonlocalNames = outerNonlocal;
    },
  };

  function meet(ends: readonly { names: Map<string, Reference>; values: Map<Reference, Value> }[]): void {
    const unlike: (readonly [Reference, Value, Value])[] = [];
    for (const reference of new Set(ends.flatMap((end) => [...end.values.keys()]))) {
      const before = (heap && find(heap, reference)) ?? objects[reference] ?? undefined;
      let joined: Value | undefined;
      for (const end of ends) {
        const value = end.values.get(reference) ?? before;
        if (value && joined && (joined.entries || value.entries)) unlike.push([reference, joined, value]);
        if (value) joined = joined ? joinValues(joined, value) : value;
      }
      if (joined) put(reference, joined);
    }
    for (const [reference, a, b] of unlike) meetEntries(reference, a, b);
    for (const name of new Set(ends.flatMap((end) => [...end.names.keys()]))) {
      const before = store.lookup(name);
      const references = new Set(ends.map((end) => end.names.get(name) ?? before));
      references.delete(undefined);
      const [first, ...others] = [...references] as Reference[];
      if (first === undefined) continue;
      const joined = others.reduce((value, other) => joinValues(value, store.read(other)), store.read(first));
      store.bind(name, others.length === 0 ? first : store.allocate(joined));
    }
  }

  /** An attribute or an entry that two arms leave unlike: written out it is neither, and what may be `None` says so. */
  function meetEntries(reference: Reference, a: Value, b: Value): void {
    const value = store.read(reference);
    const entries = new Map(value.entries ?? []);
    for (const name of entries.keys()) {
      const [one, other] = [a.entries?.get(name), b.entries?.get(name)];
      if (other === one) continue;
      if (one === undefined || other === undefined) {
        const only = one ?? other;
        if (only === undefined) continue;
        if (constantOf(store.read(only)) === undefined) put(only, { ...store.read(only), isOptional: true });
        else entries.set(name, store.allocate(joinValues(store.read(only), unknown)));
        continue;
      }
      const [left, right] = [store.read(one), store.read(other)];
      const [kept, lost] = constantOf(left) === null ? [other, left] : [one, right];
      const joined = joinValues(store.read(kept), lost);
      if (constantOf(joined) !== constantOf(store.read(kept))) entries.set(name, store.allocate(joined));
      else {
        entries.set(name, kept);
        if (joined.isOptional) put(kept, { ...store.read(kept), isOptional: true });
      }
    }
    put(reference, { ...value, entries });
  }

  return store;
}
