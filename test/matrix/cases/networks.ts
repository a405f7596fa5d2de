import type { CaptureCases } from "../capture-case.ts";

const data = `
import os; os.environ["KERAS_BACKEND"] = "torch"
import warnings, logging; warnings.simplefilter("ignore")
import numpy as np
X = np.random.default_rng(0).normal(size=(400, 3)).astype("float32"); y = (X[:, 0] > 0).astype("float32")
Xa, Xb, ya, yb = X[:300], X[300:], y[:300], y[300:]
import torch
from torch import nn
loss = nn.BCEWithLogitsLoss()
`;
const loop = `
for step in range(20):
    optimizer.zero_grad()
    loss(model(torch.from_numpy(Xa))[:, 0], torch.from_numpy(ya)).backward()
    optimizer.step()
`;

export const torchModels: CaptureCases = {
  library: "Torch",
  needs: ["torch"],
  cases: [
    {
      name: "a loop of the person's",
      setup: data,
      cells: [
        `model = nn.Sequential(nn.Linear(3, 1)); optimizer = torch.optim.Adam(model.parameters(), lr=.01)${loop}`,
      ],
      expects: {
        models: [
          {
            className: "torch.nn.Sequential",
            variable: "model",
            calls: 20,
            parameters: { optimizer: "Adam", learning_rate: 0.01, weights: 4 },
          },
        ],
      },
    },
    {
      name: "a module and a loop in a function of the person's",
      setup: data,
      cells: [
        `
class Net(nn.Module):
    def __init__(self):
        super().__init__(); self.layer = nn.Linear(3, 1)
    def forward(self, x): return self.layer(x)
def train(model):
    optimizer = torch.optim.SGD(model.parameters(), lr=.1)
${loop.trim().replaceAll(/^/gm, "    ")}
net = Net(); train(net)
`,
      ],
      expects: { models: [{ className: "__main__.Net", variable: "net", calls: 20 }] },
    },
    {
      name: "several in a loop, each saved and gone before the next",
      setup: data,
      cells: [
        `
import gc, weakref
def train(rate):
    model = nn.Linear(3, 1); optimizer = torch.optim.SGD(model.parameters(), lr=rate)
${loop.trim().replaceAll(/^/gm, "    ")}
    torch.save(model.state_dict(), f"m{rate}.pt")
    return weakref.ref(model)
for rate in (.1, .2):
    held = train(rate); gc.collect()
    assert held() is None
`,
      ],
      expects: {
        models: [0.1, 0.2].map((rate) => ({
          className: "torch.nn.Linear",
          calls: 20,
          parameters: { optimizer: "SGD", learning_rate: rate },
          saved: { length: 1 },
        })),
        writes: ["m0.1.pt", "m0.2.pt"],
      },
    },
  ],
};

const dense = `
import keras
model = keras.Sequential([keras.layers.Input((3,)), keras.layers.Dense(1, activation="sigmoid")])
model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
`;

export const kerasModels: CaptureCases = {
  library: "Keras",
  needs: ["keras", "torch"],
  cases: [
    {
      name: "fit, with rows held out",
      setup: `${data}${dense}`,
      cells: ["history = model.fit(Xa, ya, epochs=3, validation_data=(Xb, yb), verbose=0)"],
      expects: {
        models: [
          {
            className: "keras.Sequential",
            variable: "model",
            rows: 300,
            width: 3,
            parameters: { epochs: 3 },
          },
        ],
        metrics: [
          { name: "accuracy", split: "train" },
          { name: "loss", split: "train" },
          { name: "val_accuracy", split: "held out" },
          { name: "val_loss", split: "held out" },
        ],
      },
    },
    {
      name: "fit, watched on the rows that it is fitted on",
      setup: `${data}${dense}`,
      cells: ["history = model.fit(Xa, ya, epochs=2, validation_data=(Xa, ya), verbose=0)"],
      expects: {
        models: [{ className: "keras.Sequential", variable: "model", rows: 300 }],
        metrics: [
          { name: "accuracy", split: "train" },
          { name: "loss", split: "train" },
          { name: "val_accuracy", split: "train" },
          { name: "val_loss", split: "train" },
        ],
      },
    },
    {
      name: "evaluate",
      setup: `${data}${dense}history = model.fit(Xa, ya, verbose=0)`,
      cells: ["values = model.evaluate(Xb, yb, verbose=0)"],
      expects: {
        metrics: [
          { name: "loss", rows: 100 },
          { name: "accuracy", rows: 100 },
        ],
      },
    },
    {
      name: "a score of what it predicts",
      setup: `${data}${dense}`,
      cells: [
        "from sklearn.metrics import roc_auc_score\nhistory = model.fit(Xa, ya, verbose=0)\nvalue = roc_auc_score(yb, model.predict(Xb, verbose=0))",
      ],
      expects: {
        models: [{ className: "keras.Sequential" }],
        metrics: [
          { name: "accuracy", split: "train" },
          { name: "loss", split: "train" },
          { name: "roc_auc_score", rows: 100, split: "held out" },
        ],
      },
    },
  ],
};

export const lightningModels: CaptureCases = {
  library: "Lightning",
  needs: ["lightning", "torch"],
  cases: [
    {
      name: "a trainer's fit",
      setup: `${data}
import lightning.pytorch as pl, torch.utils.data as D
logging.getLogger("lightning.pytorch").setLevel(logging.ERROR)
class Net(pl.LightningModule):
    def __init__(self, lr=.1):
        super().__init__(); self.save_hyperparameters(); self.layer = nn.Linear(3, 1)
    def training_step(self, batch, at):
        value = loss(self.layer(batch[0])[:, 0], batch[1]); self.log("train_loss", value); return value
    def validation_step(self, batch, at): self.log("val_loss", loss(self.layer(batch[0])[:, 0], batch[1]))
    def configure_optimizers(self): return torch.optim.SGD(self.parameters(), lr=self.hparams.lr)
rows = D.DataLoader(D.TensorDataset(torch.from_numpy(Xa), torch.from_numpy(ya)), 50)
quiet = dict(enable_progress_bar=False, enable_model_summary=False, enable_checkpointing=False, logger=False, accelerator="cpu")
`,
      cells: ["model = Net(); trainer = pl.Trainer(max_epochs=2, **quiet); trainer.fit(model, rows, rows)"],
      expects: {
        models: [
          { className: "__main__.Net", variable: "model", parameters: { lr: 0.1, epochs: 2, steps: 12 } },
        ],
        metrics: [
          { name: "train_loss", split: "train" },
          { name: "val_loss", split: "held out" },
        ],
      },
    },
  ],
};
