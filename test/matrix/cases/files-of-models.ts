import type { CaptureCase, CaptureCases } from "../capture-case.ts";

const data =
  "import numpy as np\nX = np.random.default_rng(0).normal(size=(60, 3)); y = (X[:, 0] > 0).astype(int)\n";
const csv = `${data}np.savetxt("d.csv", np.column_stack([y, X]), delimiter=",", fmt="%.4f")`;
/** What is fitted on the way is another table's. */
const fitted = (code: string) => `${data}${code}`;

const lightgbm = fitted('import lightgbm as lgb\nb = lgb.train({"verbose": -1}, lgb.Dataset(X, y), 2)');
const xgboost = fitted("import xgboost as xgb\nb = xgb.train({}, xgb.DMatrix(X, y), 2)");
const catboost = fitted(
  "import catboost as cb\nb = cb.CatBoostClassifier(iterations=2, verbose=0, allow_writing_files=False).fit(X, y)",
);
const torch = "import torch\nm = torch.nn.Linear(3, 1)\n";

function saves(name: string, setup: string, write: string, read: string, file: string): CaptureCase[] {
  return [
    { name: `${name}, saved`, setup, cells: [write], expects: { writes: [file] } },
    { name: `${name}, loaded`, setup: `${setup}\n${write}`, cells: [read], expects: { reads: [file] } },
  ];
}

export const filesOfModels: CaptureCases = {
  library: "files of models",
  needs: ["lightgbm", "xgboost", "catboost", "torch", "safetensors", "keras"],
  cases: [
    ...saves("LightGBM", lightgbm, 'b.save_model("m.txt")', 'x = lgb.Booster(model_file="m.txt")', "m.txt"),
    ...saves(
      "XGBoost",
      xgboost,
      'b.save_model("m.ubj")',
      'x = xgb.Booster(); x.load_model("m.ubj")',
      "m.ubj",
    ),
    ...saves(
      "CatBoost",
      catboost,
      'b.save_model("m.cbm")',
      'x = cb.CatBoostClassifier().load_model("m.cbm")',
      "m.cbm",
    ),
    ...saves("torch", torch, 'torch.save(m.state_dict(), "m.pt")', 'x = torch.load("m.pt")', "m.pt"),
    ...saves(
      "safetensors",
      `${torch}from safetensors.torch import save_file, load_file`,
      'save_file(m.state_dict(), "m.safetensors")',
      'x = load_file("m.safetensors")',
      "m.safetensors",
    ),
    ...saves(
      "safetensors of NumPy",
      `${data}import safetensors.numpy as sn`,
      'sn.save_file({"x": X}, "m.safetensors")',
      'x = sn.load_file("m.safetensors")',
      "m.safetensors",
    ),
    {
      name: "LightGBM's data from a file",
      setup: csv,
      cells: ['import lightgbm as lgb\nd = lgb.Dataset("d.csv", params={"verbose": -1}).construct()'],
      expects: { reads: ["d.csv"] },
    },
    {
      name: "XGBoost's data from a file",
      setup: csv,
      cells: ['import xgboost as xgb\nd = xgb.DMatrix("d.csv?format=csv&label_column=0")'],
      expects: { reads: ["d.csv"] },
    },
    {
      name: "CatBoost's data from a file",
      setup: csv,
      cells: ['import catboost as cb\nd = cb.Pool("d.csv", delimiter=",")'],
      expects: { reads: ["d.csv"] },
    },
    {
      name: "torch, saved over what was loaded",
      setup: `${torch}torch.save(m.state_dict(), "m.pt")`,
      cells: ['x = torch.load("m.pt")', 'torch.save({}, "m.pt")'],
      expects: { reads: [{ path: "m.pt", bytes: "after-setup" }], writes: [{ path: "m.pt", cell: 1 }] },
    },
  ],
};
