/** What functions do that call another, or find or make one, by last name. */
export type CallerEffect =
  | "along-axis"
  | "attribute-getter"
  | "gather"
  | "get-attribute"
  | "hand-on"
  | "import-module"
  | "map"
  | "method-caller"
  | "namespace"
  | "parallel"
  | "partial"
  | "reduce"
  | "run-to-end"
  | "set-attribute"
  | "star-map"
  | "super"
  | "to-thread";

const named = (effect: CallerEffect, names: string): [string, CallerEffect][] =>
  names.split(/\s+/).map((name) => [name, effect]);

export const callers: ReadonlyMap<string, CallerEffect> = new Map([
  ...named("partial", "partial curry"),
  ...named("hand-on", "delayed njit jit vectorize wraps lru_cache cache remote"),
  ...named("parallel", "Parallel"),
  ...named("method-caller", "methodcaller"),
  ...named("attribute-getter", "attrgetter"),
  ...named("map", "map"),
  ...named("star-map", "starmap"),
  ...named("reduce", "reduce"),
  ...named("along-axis", "apply_along_axis"),
  ...named("run-to-end", "run run_until_complete"),
  ...named("to-thread", "to_thread"),
  ...named("gather", "gather as_completed wait compute"),
  ...named("get-attribute", "getattr getattr_static"),
  ...named("set-attribute", "setattr"),
  ...named("namespace", "globals locals vars get_ipython"),
  ...named("super", "super"),
  ...named("import-module", "import_module"),
]);
