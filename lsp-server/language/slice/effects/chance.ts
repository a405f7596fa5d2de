import type { Generator } from "../ledger.ts";
import { generators } from "../ledger.ts";
import { argument, type Called, isConstant, rootOf } from "./called.ts";
import { isOfFigures, isOfValues, isQuiet } from "./libraries-of-values.ts";
import { answersByChance, drawsByItself, functionDraws, mayDrawBy } from "./random-names.ts";

/** What a call does with the generators of chance that a process shares. */
export interface Chance {
  readonly seeds: readonly Generator[];
  readonly draws: readonly Generator[];
  /** It is known that the answer depends on what is drawn; else it only may. */
  readonly isKnown: boolean;
}

/** What a library's call does with the generators of chance; null for nothing. */
export function chanceOf(called: Called): Chance | null {
  const { path, name } = called;
  const root = rootOf(called);
  const seeded = seedsOf(called);
  if (seeded !== null) {
    const isTold = called.args.length > 0 && !isConstant(called.args[0]?.value ?? null, null);
    return isTold ? { seeds: seeded, draws: [], isKnown: true } : { seeds: [], draws: seeded, isKnown: true };
  }
  if (!called.isMethod && path !== null) {
    if (root === "random") return /^[A-Z]/.test(name) ? null : drawing("random");
    if (path.startsWith("numpy.random."))
      return /^[A-Z]|^default_rng$/.test(name) ? null : drawing("numpy.random");
    if (functionDraws(path) && !isToldState(called)) return isStill(called) ? null : drawing("numpy.random");
  }
  if (path === "sklearn.utils.check_random_state" && called.isMethod) return drawing("numpy.random");
  if (name === "rvs" && !isToldState(called)) return drawing("numpy.random");
  if (name === "sample" && called.isMethod && (root === "pandas" || root === null) && !isToldState(called))
    return drawing("numpy.random");
  if (root === "torch" || root === "torchvision")
    return { seeds: [], draws: generators, isKnown: /^rand(n|int|perm)?(_like)?$/.test(name) };
  if (root === "tensorflow" || root === "keras")
    return { seeds: [], draws: generators, isKnown: path?.startsWith("tensorflow.random.") === true };
  if (root === "seaborn")
    return /^(strip|cat|reg|lm|bar|point|line|pair|joint)\w*$/.test(name)
      ? { seeds: [], draws: ["numpy.random"], isKnown: false }
      : null;
  if (root === null || root === "builtins" || isOfValues(root) || isOfFigures(root) || isQuiet(root))
    return null;
  return { seeds: [], draws: generators, isKnown: false };
}

/** Whether what a class makes draws from NumPy's own generator when it learns or splits; `known` where its answers depend on it. */
export function chanceOfMade(called: Called): "known" | "perhaps" | null {
  const { name } = called;
  const root = rootOf(called);
  if (!/^[A-Z]/.test(name) || isToldState(called)) return null;
  if (root === "imblearn")
    return /^(SMOTE|ADASYN|Borderline|KMeansSMOTE|SVMSMOTE|Random|SMOTEENN|SMOTETomek|Balanced|EasyEnsemble|RUSBoost)/.test(
      name,
    )
      ? "known"
      : null;
  if (root === "umap") return "known";
  if (root !== "sklearn") return null;
  if (drawsByItself(name)) return answersByChance(name) ? "known" : "perhaps";
  const by = mayDrawBy(name);
  return by !== null && called.args.some((one) => one.name === null || by.test(one.name)) && !isStill(called)
    ? "perhaps"
    : null;
}

/** A generator of its own that begins anywhere: `default_rng()`. */
export function beginsAnywhere({ path, args, isMethod }: Called): boolean {
  if (isMethod) return false;
  const isGenerator =
    path !== null &&
    /^(numpy\.random\.(default_rng|RandomState|MT19937|PCG64|PCG64DXSM|Philox|SFC64|SeedSequence)|random\.Random)$/.test(
      path,
    );
  return (
    (isGenerator && (args.length === 0 || isConstant(args[0]?.value ?? null, null))) ||
    path === "random.SystemRandom"
  );
}

/** Whether what it makes is a generator of its own. */
export function isGenerator(path: string | null): boolean {
  return (
    path !== null &&
    /^(numpy\.random\.(default_rng|RandomState|Generator|MT19937|PCG64|PCG64DXSM|Philox|SFC64|SeedSequence)|random\.(Random|SystemRandom)|torch\.Generator|sklearn\.utils\.check_random_state)$/.test(
      path,
    )
  );
}

function drawing(generator: Generator): Chance {
  return { seeds: [], draws: [generator], isKnown: true };
}

function seedsOf({ path, name, isMethod }: Called): readonly Generator[] | null {
  if (path === null || isMethod) return null;
  if (/^(random\.(seed|setstate))$/.test(path)) return ["random"];
  if (/^numpy\.random\.(seed|set_state)$/.test(path)) return ["numpy.random"];
  if (/^torch\.(\w+\.)*(manual_seed(_all)?|set_rng_state)$/.test(path)) return ["torch.random"];
  if (
    /^tensorflow\.(random\.)?(set_seed|set_random_seed)$|^tensorflow\.compat\.v1\.set_random_seed$/.test(path)
  )
    return ["tensorflow.random"];
  return /^(set_random_seed|seed_everything|set_seed|seed_all|fix_seed)$/.test(name) ? generators : null;
}

/** Whether it is given a state or a seed. */
function isToldState(called: Called): boolean {
  const state = argument(called, null, "random_state", "seed", "random_seed");
  return state !== null && !isConstant(state, null);
}

/** `shuffle=False`. */
function isStill(called: Called): boolean {
  return isConstant(argument(called, null, "shuffle"), false);
}
