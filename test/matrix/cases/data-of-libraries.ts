import type { CaptureCases, FileDetails } from "../capture-case.ts";

const made = (path: string, rows: number): FileDetails => ({ path, has: { kind: "made", rows } });

export const dataOfLibraries: CaptureCases = {
  library: "data of libraries",
  needs: ["sklearn", "statsmodels", "plotly"],
  cases: [
    {
      name: "load_iris",
      cells: ["from sklearn.datasets import load_iris\nd = load_iris()"],
      expects: { reads: [made("sklearn:load_iris", 150)] },
    },
    {
      name: "load_diabetes as a frame",
      cells: ["from sklearn.datasets import load_diabetes\nd = load_diabetes(as_frame=True)"],
      expects: { reads: [made("sklearn:load_diabetes", 442)] },
    },
    {
      name: "load_digits as arrays",
      cells: ["from sklearn.datasets import load_digits\nX, y = load_digits(return_X_y=True)"],
      expects: { reads: [made("sklearn:load_digits", 1797)] },
    },
    {
      name: "make_classification",
      cells: ["from sklearn.datasets import make_classification\nX, y = make_classification(random_state=0)"],
      expects: { reads: [made("sklearn:make_classification", 100)] },
    },
    {
      name: "make_regression twice",
      cells: [
        "from sklearn.datasets import make_regression\nX, y = make_regression(random_state=0); Z, u = make_regression(50, random_state=1)",
      ],
      expects: { reads: [made("sklearn:make_regression", 100), made("sklearn:make_regression", 50)] },
    },
    {
      name: "statsmodels",
      cells: ["import statsmodels.api as sm\nd = sm.datasets.longley.load_pandas().data"],
      expects: { reads: [made("statsmodels:longley", 16)] },
    },
    {
      name: "plotly",
      cells: ["import plotly.data\nd = plotly.data.iris()"],
      expects: { reads: [made("plotly:iris", 150)] },
    },
  ],
};

export const filesOfLibraries: CaptureCases = {
  library: "files that libraries keep for themselves",
  needs: ["joblib", "matplotlib"],
  cases: [
    {
      name: "joblib's memory",
      cells: [
        'from joblib import Memory\ndef square(x): return x * x\nx = Memory("cache", verbose=0).cache(square)(3)',
      ],
      expects: {},
    },
    {
      name: "joblib's memory, again",
      cells: [
        'from joblib import Memory\ndef square(x): return x * x\nf = Memory("cache", verbose=0).cache(square); x = f(4)',
        "x = f(4)",
      ],
      expects: {},
    },
    {
      name: "matplotlib's fonts, and a picture",
      cells: [
        'import matplotlib; matplotlib.use("agg")\nimport matplotlib.pyplot as plt\nplt.plot([1, 2]); plt.savefig("o.png")',
      ],
      expects: { writes: ["o.png"] },
    },
    {
      name: "compiled Python",
      setup: 'open("helper.py", "w").write("x = 1\\n")',
      cells: ["import sys; sys.path.insert(0, '')\nimport helper"],
      expects: {},
    },
    {
      name: "joblib's dump and load",
      cells: ['import joblib\nx = joblib.dump([1, 2], "o.joblib")', 'y = joblib.load("o.joblib")'],
      expects: { reads: [{ path: "o.joblib", cell: 1 }], writes: ["o.joblib"] },
    },
  ],
};
