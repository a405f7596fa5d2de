/** Modules whose functions leave alone what they are given, but for those that are known not to, and keep no objects of the notebook. */
export function isOfValues(root: string | null): boolean {
  return root !== null && values.has(root);
}

/** Modules that draw: what they are given to draw into they change. */
export function isOfFigures(root: string | null): boolean {
  return root !== null && figures.has(root);
}

/** Modules whose import does nothing but give names. */
export function isQuiet(module: string): boolean {
  const root = module.split(".")[0] ?? "";
  if (module.startsWith("sklearn.experimental") || root === "mpl_toolkits") return false;
  return values.has(root) || figures.has(root) || plain.has(root);
}

const values: ReadonlySet<string> = new Set(
  (
    "numpy pandas scipy sklearn polars pyarrow statsmodels xgboost lightgbm catboost imblearn category_encoders mlxtend patsy numexpr umap " +
    "math cmath statistics fractions decimal datetime calendar time zoneinfo dateutil pytz re string textwrap unicodedata json csv base64 hashlib " +
    "collections itertools functools operator copy bisect heapq enum dataclasses typing types abc numbers uuid pprint fuzzywuzzy rapidfuzz " +
    "tabulate prettytable unidecode lookback"
  ).split(" "),
);

const figures: ReadonlySet<string> = new Set(
  (
    "matplotlib pylab seaborn plotly bokeh altair mpl_toolkits missingno wordcloud folium yellowbrick scikitplot holoviews graphviz pydot plotnine " +
    "squarify matplotlib_venn joypy ptitprince"
  ).split(" "),
);

/** Others that give names alone when they are imported. */
const plain: ReadonlySet<string> = new Set(
  (
    "__future__ ast argparse asyncio atexit builtins bz2 codecs concurrent configparser contextlib ctypes difflib email errno fnmatch gc getpass " +
    "glob gzip html http importlib inspect io joblib keyword linecache locale logging lzma multiprocessing os pathlib pickle platform " +
    "queue random requests shelve shlex shutil signal socket sqlite3 ssl struct subprocess sys tarfile tempfile threading timeit traceback " +
    "tracemalloc urllib warnings weakref xml zipfile zlib IPython bs4 cv2 duckdb nltk PIL psutil shap lime eli5 sqlalchemy torch torchvision tqdm yaml"
  ).split(" "),
);
