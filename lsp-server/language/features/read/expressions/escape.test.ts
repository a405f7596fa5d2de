import { loadPython } from "@lookback/service/files/load-python.ts";
import { describe, expect, test } from "vitest";
import { notebookOf } from "../../../notebook/notebook.ts";
import { readNotebook } from "../../../notebook/read-notebook.ts";
import { mayBeJoined } from "../../may-be-joined.ts";
import { readDefinitions } from "../read-definitions.ts";
import { sayPlace } from "../say-place.ts";

const python = await loadPython();

const first = `from datetime import timedelta
import pandas as pd
import matplotlib.pyplot as plt
from feast import FeatureStore
from lookback import Entity, FeatureView, Field, FileSource, Float64, TrainingSet
TTL = timedelta(days=1)
shop = Entity(name="shop", join_keys=["shop_id"])
sales = FileSource(name="sales", path="sales.parquet", timestamp_field="at")
asks = FileSource(name="asks", path="asks.parquet", timestamp_field="at")`;
const make = `fv = FeatureView(name="v", entities=[shop], source=sales, schema=[Field(name="x", dtype=Float64)], ttl=TTL)`;
const last = `rows = TrainingSet("rows", spine=asks, features=["v:x"])`;

/** The ttl in days that a join would use, or where it is refused. Each text is a cell. */
function ttl(cells: readonly string[], files: Readonly<Record<string, string>> = {}): string {
  const notebook = notebookOf(
    "file:///w/n.ipynb",
    cells.map((source, at) => ({ id: `c${at}`, source })),
  );
  const scripts = Object.entries(files).map(([name, text]) => readNotebook(text, `file:///w/${name}`).value);
  const { definitions, problems } = mayBeJoined(
    readDefinitions([...scripts, notebook], python, "/w"),
    "rows",
  );
  if (!definitions) return `refused, ${sayPlace(problems[0]!.place)}`;
  if (definitions.trainingSets.length === 0 || definitions.views.length === 0) return "not there";
  const us = definitions.views[0]?.ttlUs;
  return us === null || us === undefined ? "for ever" : `${us / 86_400_000_000} days`;
}

describe("what may give a name another value above a view", () => {
  test.each([
    "from conf import *",
    "from .conf import *",
    "from numpy import *",
    `exec("TTL = timedelta(days=9999)")`,
    `exec(open("conf.py").read())`,
    `eval("(TTL := timedelta(days=9999))")`,
    `globals()["TTL"] = timedelta(days=9999)`,
    `globals().update(TTL=timedelta(days=9999))`,
    `locals()["TTL"] = timedelta(days=9999)`,
    `vars()["TTL"] = timedelta(days=9999)`,
    `import sys; setattr(sys.modules[__name__], "TTL", None)`,
    `import __main__; __main__.TTL = None`,
    `assert (TTL := timedelta(days=9999))`,
    `[(TTL := timedelta(days=n)) for n in range(3)]`,
    `f = lambda t=(TTL := timedelta(days=9999)): t`,
    `if (TTL := timedelta(days=9999)): pass`,
    `f"{(TTL := timedelta(days=9999))}"`,
    `f"{1:{(TTL := 9)}}"`,
    `{"a": 1}[(TTL := "a")]`,
    `while (TTL := timedelta(days=9999)) is None: pass`,
    `print((TTL := timedelta(days=9999)))`,
    "%run other.py",
    "%load conf.py",
    "%run -i other.ipynb",
    "x = %run other.py",
    "%some_magic of ours",
    "%%some_magic of ours\nx = 1",
    "%%capture TTL\nprint(1)",
    "%%bash --out TTL\nls",
    "%%sql TTL <<\nselect 1",
    "TTL = !cat ttl",
    "TTL = %env TTL",
    "%timeit TTL = timedelta(days=9999)",
    "%%timeit\nTTL = timedelta(days=9999)",
    `get_ipython().run_cell("TTL = timedelta(days=9999)")`,
    `get_ipython().user_ns["TTL"] = timedelta(days=9999)`,
    `get_ipython().run_line_magic("run", "other.py")`,
    `def f():\n    global TTL\n    TTL = timedelta(days=9999)\nrun(f)`,
    `import elsewhere\n@elsewhere.hook\ndef f():\n    global TTL\n    TTL = timedelta(days=9999)`,
    `match {"a": 1}:\n    case {"a": TTL}: pass`,
    `with open("x") as TTL: pass`,
    `try:\n    TTL = timedelta(days=9999)\n    run()\n    TTL = timedelta(days=1)\nexcept Exception: pass`,
    `for n in load():\n    TTL = timedelta(days=n)`,
    `import conf_read\nrun(conf_read)\nfrom conf_read import TTL`,
    "del TTL",
  ])("%s", (line) => {
    const files = { "conf_read.py": "from datetime import timedelta\nTTL = timedelta(days=1)" };
    const said = ttl([first, line, make, last], files);
    // Where the text tells the new value, it is the new value.
    expect(
      ["refused", "9999 days", "2 days"].some((each) => said.startsWith(each)),
      said,
    ).toBe(true);
  });
});

describe("what may change a view below it", () => {
  test.each([
    `exec("fv.ttl = None")`,
    `import unread; unread.patch(fv)`,
    `from unread import patch\npatch([fv])`,
    `from unread import patch\npatch({"v": [fv]})`,
    `from unread import patch\nviews = [fv]\nfor v in views: patch(v)`,
    `from unread import patch\nlist(map(patch, [fv]))`,
    `from unread import patch\n[patch(v) for v in [fv]]`,
    `from unread import patch\npatch(rows=[fv], n=1)`,
    `from unread import patch\npatch(*[fv])`,
    `from unread import registry\nregistry["v"] = fv`,
    `from unread import registry\nregistry.views.append(fv)`,
    `from unread import patch\npatch(lambda: fv)`,
    `(lambda v: setattr(v, "ttl", None))(fv)`,
    `list(map(lambda v: setattr(v, "ttl", None), [fv]))`,
    `setattr(fv, "ttl", None)`,
    `object.__setattr__(fv, "ttl", None)`,
    `vars(fv).update(ttl=None)`,
    `fv.__dict__["ttl"] = None`,
    `fv.__dict__.update(ttl=None)`,
    `fv.__init__(name="v", source=asks)`,
    `fv.ttl += TTL`,
    `del fv.ttl`,
    `sales.path = "x"`,
    `fv.source.path = "x"`,
    `fv.entities[0].join_keys = ["x"]`,
    `(fv if pd else shop).ttl = None`,
    `[fv, shop][len(pd.read_csv("x"))].ttl = None`,
    `def f():\n    fv.ttl = None\nrun(f)`,
    `def f(v=fv):\n    v.ttl = None\nrun(f)`,
    `class C:\n    def __init__(self, v):\n        v.ttl = None\nC(fv)`,
    `class C:\n    def __enter__(self): fv.ttl = None\n    def __exit__(self, *a): pass\nwith C(): pass`,
    `def gen():\n    yield fv\nfor v in gen(): v.ttl = None`,
    `with unread.open(fv): pass`,
    `for fv.ttl in [TTL, None]: pass`,
    `[fv for fv.ttl in [None]]`,
    `fv.features[0].name = "y"`,
    `FeatureView.__init__(fv, name="v", source=asks)`,
    `FeatureView.__setattr__(fv, "ttl", None)`,
    `super(FeatureView, fv).__setattr__("ttl", None)`,
    `from lookback.definitions import views_by_name\nviews_by_name["v"].ttl = None`,
    `import gc\nfor o in gc.get_objects(): o.ttl = None`,
    `import sys\nsys.modules["__main__"].fv.ttl = None`,
    `from unittest import mock\nmock.patch.object(fv, "ttl", None).start()`,
    `from functools import reduce\nreduce(lambda a, v: setattr(v, "ttl", None), [fv], None)`,
    `class B: pass\nb = B()\nb.v = fv\nb.v.ttl = None`,
    `sorted([fv], key=unread.key)`,
    `get_ipython().push({"fv": fv})`,
    `FeatureView.ttl = None`,
    `import lookback; lookback.FeatureView = None`,
    "%run patch.py",
  ])("%s", (line) => {
    expect(ttl([first, make, line, last])).toMatch(/^refused, cell (3|1)/);
  });
});

test("a training set keeps the view it was given", () => {
  const other = make.replace("ttl=TTL", "ttl=None");
  expect(ttl([first, make, last, other])).toMatch(/^refused, cell 3/);
  expect(ttl([first, make, other, last])).toBe("for ever");
  expect(ttl([first, make, last, other, last])).toBe("for ever");
  expect(ttl([first, make, last, make])).toBe("1 days");
});

test("a view keeps the source it was given", () => {
  const other = `sales = FileSource(name="sales", path="new.parquet", timestamp_field="at")`;
  expect(ttl([first, make, other, last])).toMatch(/^refused, cell 2/);
  expect(ttl([first, other, make, last])).toBe("1 days");
});

describe("what changes nothing", () => {
  test.each([
    "print(fv)",
    "display(fv)",
    "len([fv])",
    "fv",
    "fv.ttl",
    "repr(fv), str(fv), isinstance(fv, FeatureView)",
    `from IPython.display import display\ndisplay(fv)`,
    `store = FeatureStore(repo_path=".")\nstore.apply([shop, fv])\nstore.materialize_incremental(1)`,
    `df = pd.read_csv("x.csv")\ndf["y"] = df["x"].map(lambda v: v + 1)\ndf.plot()\nplt.show()`,
    `fig, ax = plt.subplots()\nax.plot([1, 2])\nax.set_title(fv.name)`,
    `import logging\nlog = logging.getLogger("x")\nlog.info("made %s", fv)`,
    `from helper import clean\ndf = clean(pd.read_csv("x.csv"))`,
    `for v in [fv]:\n    print(v.name, v.ttl)`,
    `views = [fv]\nviews.append(fv)\nnames = [v.name for v in views]`,
    "%matplotlib inline\n%load_ext autoreload\n%autoreload 2",
    "!pip install x",
    "files = !ls",
    "%%time\nx = 1",
    "%%bash\nls",
    "%%html\n<b>TTL</b>",
    `get_ipython().run_line_magic("matplotlib", "inline")`,
    `get_ipython().system("ls")`,
    `if "spark" in globals(): print(1)`,
    `assert fv.name == "v", "no"`,
    `def show(v):\n    print(v.name)\nshow(fv)`,
    `class C:\n    def __init__(self, v):\n        self.v = v\nc = C(fv)\nc.v.name`,
    `from dataclasses import dataclass\n@dataclass\nclass P:\n    v: object = None\np = P(fv)`,
    `with open("x") as f:\n    text = f.read()`,
    `try:\n    import xgboost\nexcept ImportError:\n    xgboost = None`,
    `from numpy import *`,
    `from sklearn.linear_model import *`,
    `import copy\nother = copy.deepcopy(fv)`,
    `match fv:\n    case None: pass`,
    `from fastapi import FastAPI\napp = FastAPI()\n@app.get("/")\ndef root():\n    return fv.name`,
  ])("%s", (line) => {
    expect(ttl([first, make, line, last])).toBe("1 days");
  });
});

describe("what is done with the rows of a join changes no definition", () => {
  test.each([
    `df = rows.to_df()\ndf["y"] = 1`,
    `df = rows.to_df()\ndf.y = 1\ndf.loc[:, "x"] = 0\ndf[df["x"] > 3] = 0`,
    `df = rows.to_df().sort_values("at").dropna()\nwanted = ["x"]\ndf[wanted] = df[wanted] * 2`,
    `from sklearn.preprocessing import StandardScaler\ndf = rows.to_df()\ndf[["x"]] = StandardScaler().fit_transform(df[["x"]])`,
    `df = rows.to_df()\nX, y = df[["x"]], df.pop("y")\nX["z"] = y\ndf.drop(columns="x", inplace=True)`,
    `df = rows.to_df()\ndf["z"] = df["x"].map(lambda v: v + 1)\ndf.insert(0, "one", 1)\ndel df["x"]`,
    `df = rows.to_df()\nfor name in ["x"]:\n    df[name] = df[name].fillna(0)`,
    `from helper import clean\ndf = clean(rows.to_df())\ndf["y"] = 1`,
    `other = pd.read_csv("x.csv")\nother["x"] = rows.to_df()["x"]`,
    `def load(made):\n    return made.to_df()\ndf = load(rows)\ndf["y"] = 1`,
    `df = pd.concat([rows.to_df(), rows.to_df()])\ndf["y"] = 1`,
    `load = rows.to_df\ndf = load()\ndf["y"] = 1`,
    `store = FeatureStore(repo_path=".")\ndf = store.get_historical_features(entity_df=rows.to_df(), features=["v:x"]).to_df()\ndf["y"] = 1`,
  ])("%s", (line) => {
    expect(ttl([first, make, last, line])).toBe("1 days");
  });

  test.each([
    `df = rows.to_df()\ndf["v"] = [fv]\ndf["v"][0].ttl = None`,
    `df = rows.to_df().apply(lambda row: setattr(fv, "ttl", None))`,
    `rows.to_df(); fv.ttl = None`,
    `rows.views["v"].ttl = None`,
    `from unread import patch\npatch(rows.to_df)`,
    `df = rows.to_df()\nrows.features = []`,
  ])("but what reaches one is refused: %s", (line) => {
    expect(ttl([first, make, last, line])).toMatch(/^refused, cell 4/);
  });
});
