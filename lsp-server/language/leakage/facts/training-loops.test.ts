import { loadPython } from "@lookback/service/files/load-python.ts";
import { beforeAll, expect, it } from "vitest";
import type { Python } from "../../notebook/python.ts";
import { readNotebook } from "../../notebook/read-notebook.ts";
import { analyze } from "../analyze.ts";

let python: Python;
beforeAll(async () => {
  python = await loadPython();
});

/** `rule@line` of every finding; the code's first line is 1. */
function found(code: string): string[] {
  const { findings } = analyze(readNotebook(code.replace(/^\n/, ""), "loop.py").value, { python });
  return findings.map(({ rule, range, severity }) => `${severity} ${rule}@${range.start.line + 1}`);
}

const imports = "import torch; from torch import nn; import torch.nn.functional as F; import pandas as pd\n";
const scaled = `${imports}df = pd.read_csv("a.csv")
X = df[["a", "b"]]
X = (X - X.mean()) / X.max()
X_train, X_test, y_train, y_test = train_test_split(X.values, df["y"].values)
`;
const fair = `${imports}df = pd.read_csv("a.csv")
X_train, X_test, y_train, y_test = train_test_split(df[["a", "b"]].values, df["y"].values)
middle = X_train.mean(axis=0)
X_train, X_test = X_train - middle, X_test - middle
`;
const network = `class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.line = nn.Linear(2, 1)
    def forward(self, x):
        return torch.relu(self.line(x))
model = Net()
`;
const ofBatches = `loss_of, optimizer = nn.MSELoss(), torch.optim.Adam(model.parameters())
loader = DataLoader(TensorDataset(torch.tensor(X_train), torch.tensor(y_train)), batch_size=32, shuffle=True)
for epoch in range(10):
    for x, y in loader:
        optimizer.zero_grad()
        loss = loss_of(model(x), y)
        loss.backward()
        optimizer.step()
`;
const judged = `model.eval()
with torch.no_grad():
    guessed = model(torch.tensor(X_test)).numpy()
print(r2_score(y_test, guessed))
`;

it("finds what was learned from all rows before a loop trains on batches of some", () => {
  expect(found(scaled + network + ofBatches + judged)).toEqual([
    "warning scaler-before-split@4",
    "warning scaler-before-split@4",
  ]);
});

it("says nothing where it was learned from the training rows, and nothing of the loss that the loop learns by", () => {
  expect(found(fair + network + ofBatches + judged)).toEqual([]);
});

it("follows layers in a row, losses that are functions, and functions that train and judge", () => {
  const code = `model = nn.Sequential(nn.Linear(2, 8), nn.ReLU(), nn.Linear(8, 2))
def train(rows, truth):
    for epoch in range(5):
        answers = model(rows)
        loss = F.cross_entropy(answers, truth)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
def judge(rows, truth):
    return accuracy_score(truth, model(rows).argmax(1))
train(torch.tensor(X_train), torch.tensor(y_train))
print(judge(torch.tensor(X_test), y_test))
`;
  expect(found(scaled + code)).toEqual(["warning scaler-before-split@4", "warning scaler-before-split@4"]);
  expect(found(fair + code)).toEqual([]);
});

it("follows a dataset of the notebook's own, cut by chance", () => {
  const code = `class Rows(Dataset):
    def __init__(self, x, y):
        self.x = torch.tensor(x)
        self.y = torch.tensor(y)
    def __len__(self):
        return len(self.x)
    def __getitem__(self, at):
        return self.x[at], self.y[at]
train, test = random_split(Rows(X.values, df["y"].values), [800, 200])
loss_of, optimizer = nn.MSELoss(), torch.optim.SGD(model.parameters(), lr=0.1)
for x, y in DataLoader(train, batch_size=8):
    loss = loss_of(model(x), y)
    loss.backward()
    optimizer.step()
errors = []
for x, y in DataLoader(test):
    errors.append(loss_of(model(x), y).item())
print(sum(errors) / len(errors))
`;
  const [first = "", second = ""] = scaled.split("X_train");
  expect(second).not.toBe("");
  expect(found(first + network + code)).toEqual([
    "warning scaler-before-split@4",
    "warning scaler-before-split@4",
  ]);
  expect(found(first.replace(/X = \(.*\n/, "") + network + code)).toEqual([]);
});

it("says where a network is judged only by the rows it was trained on", () => {
  const code = judged.replaceAll("X_test", "X_train").replaceAll("y_test", "y_train");
  expect(found(fair + network + ofBatches + code)).toEqual(["warning evaluate-on-train@23"]);
});

it("says what a network that was trained elsewhere is not known to have learned", () => {
  const { coverage } = analyze(
    readNotebook(`${fair}${network}model.load_state_dict(torch.load("model.pt"))\n${judged}`, "loop.py")
      .value,
    { python },
  );
  expect(coverage.gaps.map(({ reason }) => reason).join("\n")).toContain("Net");
});

it("follows a network onto its device, and a cut that its dataset makes of itself", () => {
  const code = `class Rows(torch.utils.data.Dataset):
    def __init__(self, x, y):
        self.x, self.y = torch.from_numpy(x).float(), torch.from_numpy(y).float()
    def __len__(self):
        return len(self.x)
    def __getitem__(self, at):
        return [self.x[at], self.y[at]]
    def parts(self):
        return torch.utils.data.random_split(self, [80, 20])
train, test = Rows(X.values, df["y"].values).parts()
loss_of, optimizer = nn.MSELoss(), torch.optim.Adam(model.parameters())
model = Net().cuda().train()
for x, y in DataLoader(train, batch_size=32):
    loss = loss_of(model(x).reshape(-1), y)
    loss.backward()
    optimizer.step()
errors = []
for x, y in DataLoader(test):
    errors.append(loss_of(model(x), y).item())
print(sum(errors))
`;
  expect(found(scaled + network + code)).toEqual([
    "warning scaler-before-split@4",
    "warning scaler-before-split@4",
  ]);
});

it("says so where the model that learns from a loss is not known", () => {
  const code = `from networks import build
model = build()
for x, y in DataLoader(TensorDataset(torch.tensor(X_train), torch.tensor(y_train))):
    loss = nn.MSELoss()(model(x), y)
    loss.backward()
`;
  const { coverage } = analyze(readNotebook(fair + code, "loop.py").value, { python });
  expect(coverage.gaps.map(({ reason }) => reason)).toContain(
    "Which model learns from this loss is not known from the text.",
  );
});
