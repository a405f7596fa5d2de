import { loadPython } from "@lookback/service/files/load-python.ts";
import { beforeAll, describe, expect, it } from "vitest";
import type { Python } from "../../notebook/python.ts";
import { readNotebook } from "../../notebook/read-notebook.ts";
import { analyze } from "../analyze.ts";
import { firstFix } from "./first-fix.ts";

let python: Python;
beforeAll(async () => {
  python = await loadPython();
});

const begun = `import torch
from torch import nn
from helpers import prepare, summary
X_train, X_test, y_train, y_test = train_test_split(X, y)
net = nn.Sequential(nn.Linear(20, 64), nn.Dropout(0.5), nn.Linear(64, 1))
optimizer = torch.optim.Adam(net.parameters())
`;
const learning = `for epoch in range(10):
    loss = nn.MSELoss()(net(X_train), y_train)
    loss.backward()
    optimizer.step()
`;
const judged = "print(r2_score(y_test, net(X_test).detach()))\n";

const isSaid = (code: string) =>
  analyze(readNotebook(code, "a.py").value, { python }).findings.some(
    ({ rule }) => rule === "eval-mode-missing",
  );

describe("a network that is scored as if it were still learning", () => {
  it("is told to answer, and to learn again where it goes on learning untold", () => {
    const { text, titles } = firstFix(
      "eval-mode-missing",
      `${begun}${learning}    if epoch % 5 == 0:
        with torch.no_grad():
            print(r2_score(y_test, net(X_test)))
`,
      python,
    );
    expect(titles).toEqual(["Call eval() before, and train() behind"]);
    expect(text).toBe(`${begun}${learning}    net.eval()
    if epoch % 5 == 0:
        with torch.no_grad():
            print(r2_score(y_test, net(X_test)))
    net.train()
`);
  });

  it("is left to whoever wrote it where nothing behind the answer would run", () => {
    const code = `${begun}def judge():
    return r2_score(y_test, net(X_test).detach())
${learning}    print(judge())
`;
    expect(isSaid(code)).toBe(true);
    expect(firstFix("eval-mode-missing", code, python).titles).toEqual([]);
  });

  it("is told so where it is asked by a method of its own, which is where that is said", () => {
    const made = `${begun}class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.part, self.last = nn.Dropout(0.5), nn.Linear(20, 1)
    def forward(self, x):
        return self.last(self.part(x))
    def predict(self, x):
        return self(x).detach()
net = Net()
${learning}`;
    const asked = "print(r2_score(y_test, net.predict(X_test)))\n";
    const { text, titles } = firstFix("eval-mode-missing", made + asked, python);
    expect(titles).toEqual(["Call eval() before"]);
    expect(text).toBe(`${made}net.eval()\n${asked}`);
  });

  it.each([
    ["nobody knows what it was told by who was given it", "prepare(net)\n"],
    ["nor by whose name has another word in it", "from helpers import catalog\ncatalog(net)\n"],
    [
      "its parts were told by a function that each is given",
      "def quiet(part):\n    part.eval()\nnet.apply(quiet)\n",
    ],
    ["its parts were gone through", "for part in net.modules():\n    part.eval()\n"],
    ["it was told in a loop over several", "for one in [net]:\n    one.eval()\n"],
    ["its copy was, which answers", "net = net.eval()\n"],
    ["it may have been", "if X_test.shape[0] > 5:\n    net.eval()\n"],
  ])("is not spoken of where %s", (_, told) => {
    expect(isSaid(`${begun}${learning}${judged}`)).toBe(true);
    expect(isSaid(`${begun}${learning}${told}${judged}`)).toBe(false);
  });

  it("is not spoken of inside a block that its own function tells it to answer in", () => {
    const block = `from contextlib import contextmanager
@contextmanager
def answering(net):
    net.eval()
    yield
    net.train()
with answering(net):
    ${judged}`;
    expect(isSaid(`${begun}${learning}${block}`)).toBe(false);
  });

  it.each([
    ["its weights were begun anew", "def begin(part):\n    nn.init.zeros_(part.bias)\nnet.apply(begin)\n"],
    ["somebody only looked at it", "summary(net)\n"],
    ["it was told so before it was told to learn on", "net.eval()\nnet.train()\n"],
    ["another was told", "other = nn.Sequential(nn.Dropout(0.5))\nother.eval()\n"],
  ])("is spoken of where %s", (_, told) => {
    expect(isSaid(`${begun}${learning}${told}${judged}`)).toBe(true);
  });

  it.each([
    "nn.ModuleList([nn.Dropout(0.5)])",
    "nn.TransformerEncoder(nn.TransformerEncoderLayer(64, 4), 2)",
    "nn.BatchNorm1d(64)",
  ])("has %s in it", (layer) => {
    const own = (part: string) => `${begun}class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.part, self.last = ${part}, nn.Linear(20, 1)
    def forward(self, x):
        return self.last(x)
net = Net()
${learning}${judged}`;
    expect(isSaid(own(layer))).toBe(true);
    expect(isSaid(own("nn.Linear(20, 20)"))).toBe(false);
  });

  const functional = (body: string) => `${begun}import torch.nn.functional as F
NAME = "in training"
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.last = nn.Linear(20, 1)
    def forward(self, x):
        ${body.replaceAll("\n", "\n        ")}
net = Net()
${learning}net.eval()
${judged}`;

  it.each([
    ["a comment has an `if`", "return self.last(\n    F.dropout(x, 0.5)  # half, if lucky\n)"],
    [
      "a text has the word",
      "if x.shape[0] > 3 and 'training' in NAME:\n    print(NAME)\nreturn self.last(F.dropout(x, 0.5))",
    ],
    ["a filter asks something else", "return sum([F.dropout(one, 0.5) for one in [x] if one is not None])"],
    ["another part of it is chosen", "return self.last(F.dropout(x if len(x) else -x, 0.5))"],
  ])("has a function in it that leaves out, where %s", (_, body) => {
    expect(isSaid(functional(body))).toBe(true);
  });

  it.each([
    ["where it is to learn", "return self.last(F.dropout(x, 0.5) if self.training else x)"],
    ["where it may be", "return self.last(self.training and F.dropout(x, 0.5) or x)"],
    ["by a filter", "return sum([F.dropout(one, 0.5) for one in [x] if self.training])"],
    ["by how much", "return self.last(F.dropout(x, 0.5 if self.training else 0.0))"],
    [
      "behind where it is not",
      "if not self.training:\n    return self.last(x)\nreturn self.last(F.dropout(x, 0.5))",
    ],
  ])("may leave out by a function only %s", (_, body) => {
    expect(isSaid(functional(body))).toBe(false);
  });

  const severityOf = (code: string) =>
    analyze(readNotebook(code, "a.py").value, { python })
      .findings.filter(({ rule }) => rule === "eval-mode-missing")
      .map(({ severity }) => severity);

  it.each([
    "# stochastic gradient descent",
    "from sklearn.naive_bayes import GaussianNB",
    "other = BayesianRidge()",
    "rows = X_test.amc_id",
    'rows = X_test["mc_id"]',
    "# a network with dropout",
  ])("is warned of where nothing is said of many answers: %s", (line) => {
    expect(severityOf(`${begun}${learning}${line}\n${judged}`)).toEqual(["warning"]);
  });

  it.each([
    "# by MC dropout",
    "# stochastic forward passes",
    "# a Bayesian network",
    "n_mc_samples = 1",
    'print("how uncertain it is")',
    'print(f"uncertainty of {net}")',
    "def predict_with_dropout(net): pass",
  ])("is only mentioned where many answers may be meant: %s", (line) => {
    expect(severityOf(`${begun}${learning}${line}\n${judged}`)).toEqual(["information"]);
  });
});
