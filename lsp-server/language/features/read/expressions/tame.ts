import type { Value } from "../values/value.ts";

/** Whether a function is known to change nothing it is given and no name: it reads, shows, plots or copies. What it is given to call, it may call. */
export function isTame(callee: Value): boolean {
  switch (callee.kind) {
    case "dynamic":
      return callee.tame === true;
    case "unbound":
      return builtins.has(callee.name);
    case "imported":
      // A method of Python's own, taken from its class, may do anything to an object: `FeatureView.__init__(view)`.
      return (
        libraries.has(callee.name.split(".")[0] ?? "") &&
        !changing.has(callee.name) &&
        !/\.__\w+__$/.test(callee.name)
      );
    case "type":
    case "apart":
      return true;
    default:
      return false;
  }
}

const builtins: ReadonlySet<string> = new Set(
  `print display len repr str format type id isinstance issubclass hash callable dir help bool int float complex bytes list tuple dict set
frozenset sorted reversed enumerate zip range min max sum any all abs round pow divmod iter next getattr hasattr open input map filter ascii bin
hex oct chr ord slice property staticmethod classmethod Exception ValueError TypeError KeyError RuntimeError AssertionError NotImplementedError
ImportError FileNotFoundError exit quit`.split(/\s+/),
);

const libraries: ReadonlySet<string> = new Set(
  `feast lookback pandas numpy matplotlib seaborn plotly altair bokeh IPython ipywidgets pprint logging loguru structlog warnings json yaml tomllib os
sys math re time datetime zoneinfo calendar typing typing_extensions collections itertools functools copy pathlib glob shutil textwrap string random statistics decimal fractions enum
dataclasses contextlib abc io hashlib uuid platform getpass argparse tempfile pickle cloudpickle joblib scipy sklearn statsmodels xgboost lightgbm catboost torch tensorflow keras
duckdb pyarrow polars pyspark sqlalchemy requests tabulate rich tqdm great_tables mlflow wandb google dotenv psutil gc traceback`.split(
    /\s+/,
  ),
);

/** Whether a module belongs to a library that many use: what it is called says what it holds. */
export function isPublicLibrary(module: string): boolean {
  return libraries.has(module.split(".")[0] ?? "") || module === "pylab";
}

/** Of these libraries, what hands out or changes what it is given. */
const changing: ReadonlySet<string> = new Set([
  ...["sys.modules", "sys._getframe", "gc.get_objects", "gc.get_referrers", "sys.settrace", "sys.setprofile"],
  ...["functools.update_wrapper", "functools.singledispatch", "random.shuffle", "numpy.random.shuffle"],
  ...["IPython.get_ipython", "IPython.core.getipython.get_ipython"],
]);

/** What gives or holds all names or everything that was made, by a builtin's or an imported name. */
export const everythingBy: ReadonlySet<string> = new Set([
  ...["globals", "locals", "get_ipython", "IPython.get_ipython", "IPython.core.getipython.get_ipython"],
  ...["sys.modules", "sys._getframe", "inspect.currentframe", "inspect.stack", "gc.get_objects", "__main__"],
  ...["builtins", "__builtins__"],
]);

/** Of these, what is not called for it. */
export const everythingHeld: ReadonlySet<string> = new Set([
  ...["sys.modules", "__main__", "builtins", "lookback.definitions.views_by_name"],
]);
