import { isScored } from "../../facts/reach.ts";
import type { Evaluation } from "../../facts/values/fit.ts";
import { overlap } from "../../facts/values/rows.ts";
import { bad, distinct, good, note, rule, scoreStep, step } from "../../rule.ts";
import { manyAnswersIn } from "./many-answers.ts";

/** A network is scored while its layers still act as they do in training. */
export const evalModeMissing = rule({
  id: "eval-mode-missing",
  kind: "serving",
  tier: "core",
  severity: "warning",
  title: "Scored as if it were still learning",
  why: "In training `Dropout` leaves out what chance says, and `BatchNorm` goes by the rows that are asked about together and keeps what it sees of them: the score is of another network than the one that is used, and changes with chance or with the order of the rows.",
  instead:
    "Call `model.eval()` before the rows are asked about, and `model.train()` before it learns on. `torch.no_grad()` does not do that.",
  source: "PyTorch, torch.nn.Module.eval; PyTorch, Autograd mechanics: evaluation mode",
  examples: [
    bad(
      "no gradients, and dropout all the same",
      `
import torch
from torch import nn
X_train, X_test, y_train, y_test = train_test_split(X, y)
net = nn.Sequential(nn.Linear(20, 64), nn.ReLU(), nn.Dropout(0.5), nn.Linear(64, 1))
optimizer = torch.optim.Adam(net.parameters())
for epoch in range(10):
    loss = nn.MSELoss()(net(X_train), y_train)
    loss.backward()
    optimizer.step()
with torch.no_grad():
    guessed = net(X_test)
#             ^^^^^^^^^^^ half of what its layer says is left out
print(r2_score(y_test, guessed))
`,
      "`Sequential` is scored as if it were still learning: its `Dropout` leaves out other values at each answer, and nothing says `eval()` before.",
    ),
    bad(
      "test rows in batches, which the batches' own means scale",
      `
import torch
from torch import nn
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(nn.Linear(20, 64), nn.BatchNorm1d(64), nn.ReLU())
        self.last = nn.Linear(64, 1)
    def forward(self, x):
        return self.last(self.layers(x))
train, test = random_split(TensorDataset(X, y), [800, 200])
net, loss_of = Net(), nn.MSELoss()
optimizer = torch.optim.Adam(net.parameters())
for epoch in range(10):
    net.train()
    for x, truth in DataLoader(train, batch_size=32):
        loss = loss_of(net(x), truth)
        loss.backward()
        optimizer.step()
errors = []
for x, truth in DataLoader(test, batch_size=32):
    errors.append(loss_of(net(x), truth).item())
#                         ^^^^^^ scaled by the means of 32 test rows
print(sum(errors) / len(errors))
`,
      "`Net` is scored as if it were still learning: its `BatchNorm1d` goes by the rows it is asked about together and keeps what it sees of them, and nothing says `eval()` before.",
    ),
    bad(
      "told to learn on, and judged in the same turn",
      `
import torch
from torch import nn
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.drop, self.last = nn.Dropout(p=0.2), nn.Linear(20, 1)
    def forward(self, x):
        return self.last(self.drop(x))
def learn(net, x, truth):
    net.train()
    loss = loss_of(net(x), truth)
    loss.backward()
    optimizer.step()
def judge(net, x, truth):
    with torch.no_grad():
        return r2_score(truth, net(x))
#                              ^^^^^^ a fifth of each row is left out
X_train, X_test, y_train, y_test = train_test_split(X, y)
net, loss_of = Net(), nn.MSELoss()
optimizer = torch.optim.Adam(net.parameters())
for epoch in range(10):
    learn(net, X_train, y_train)
    print(judge(net, X_test, y_test))
`,
      "`Net` is scored as if it were still learning: its `Dropout` leaves out other values at each answer, and nothing says `eval()` before.",
    ),
    bad(
      "a function that leaves out, and does not hear of it",
      `
import torch
from torch import nn
import torch.nn.functional as F
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.last = nn.Linear(20, 1)
    def forward(self, x):
        return self.last(F.dropout(x, 0.5))
X_train, X_test, y_train, y_test = train_test_split(X, y)
net = Net()
optimizer = torch.optim.Adam(net.parameters())
nn.MSELoss()(net(X_train), y_train).backward()
optimizer.step()
net.eval()
print(r2_score(y_test, net(X_test).detach()))
#                      ^^^^^^^^^^^ half of what it is given is left out
`,
      "`Net` is scored as if it were still learning: its `dropout()` leaves out other values at each answer, and does not hear of `eval()`, since `training=self.training` is not handed to it.",
    ),
    bad(
      "layers behind each other in one, which leave out between them",
      `
import torch
from torch import nn
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.rnn = nn.LSTM(20, 32, num_layers=2, dropout=0.3)
        self.last = nn.Linear(32, 1)
    def forward(self, x):
        out, _ = self.rnn(x)
        return self.last(out)
X_train, X_test, y_train, y_test = train_test_split(X, y)
net = Net()
optimizer = torch.optim.Adam(net.parameters())
nn.MSELoss()(net(X_train), y_train).backward()
optimizer.step()
print(r2_score(y_test, net(X_test).detach()))
#                      ^^^^^^^^^^^ a third between the layers is left out
`,
      "`Net` is scored as if it were still learning: its `LSTM` leaves out other values at each answer, and nothing says `eval()` before.",
    ),
    good(
      "a function that hears of it, or is asked only in training; one layer, with none behind it",
      `
import torch
from torch import nn
import torch.nn.functional as F
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.rnn, self.last = nn.LSTM(20, 32, 1, dropout=0.3), nn.Linear(20, 1)
    def forward(self, x):
        x, _ = self.rnn(F.dropout(x, 0.5, training=self.training))
        if self.training:
            x = F.dropout(x, 0.5)
        return self.last(x)
class Plain(nn.Module):
    def __init__(self):
        super().__init__()
        self.rnn = nn.GRU(20, 32)
    def forward(self, x):
        return F.dropout(self.rnn(x)[0], 0.0)
X_train, X_test, y_train, y_test = train_test_split(X, y)
net = Net()
optimizer = torch.optim.Adam(net.parameters())
nn.MSELoss()(net(X_train), y_train).backward()
optimizer.step()
net.eval()
print(r2_score(y_test, net(X_test).detach()))
plain = Plain()
optimizer = torch.optim.Adam(plain.parameters())
nn.MSELoss()(plain(X_train), y_train).backward()
optimizer.step()
print(r2_score(y_test, plain(X_test).detach()))
`,
    ),
    good(
      "told to answer before, in one way or another",
      `
import torch
from torch import nn
X_train, X_test, y_train, y_test = train_test_split(X, y)
net = nn.Sequential(nn.Linear(20, 64), nn.Dropout(0.5), nn.Linear(64, 1))
optimizer = torch.optim.Adam(net.parameters())
for epoch in range(10):
    for phase in ["train", "test"]:
        net.train(phase == "train")
        if phase == "train":
            loss = nn.MSELoss()(net(X_train), y_train)
            loss.backward()
            optimizer.step()
        else:
            print(r2_score(y_test, net(X_test).detach()))
net.eval()
print(r2_score(y_test, net(X_test).detach()))
net.train(False)
print(r2_score(y_test, net(X_test).detach()))
`,
    ),
    good(
      "each of its layers was told",
      `
import torch
from torch import nn
X_train, X_test, y_train, y_test = train_test_split(X, y)
net = nn.Sequential(nn.Linear(20, 64), nn.Dropout(0.5), nn.Linear(64, 1))
optimizer = torch.optim.Adam(net.parameters())
nn.MSELoss()(net(X_train), y_train).backward()
optimizer.step()
for layer in net:
    layer.eval()
print(r2_score(y_test, net(X_test).detach()))
`,
    ),
    good(
      "either, as the phase says",
      `
import torch
from torch import nn
X_train, X_test, y_train, y_test = train_test_split(X, y)
net = nn.Sequential(nn.Linear(20, 64), nn.BatchNorm1d(64), nn.Linear(64, 1))
optimizer = torch.optim.Adam(net.parameters())
def turn(net, is_training, x, truth):
    if is_training:
        net.train()
    else:
        net.eval()
    answers = net(x)
    if is_training:
        nn.MSELoss()(answers, truth).backward()
        optimizer.step()
    return r2_score(truth, answers.detach())
for epoch in range(10):
    turn(net, True, X_train, y_train)
    print(turn(net, False, X_test, y_test))
`,
    ),
    good(
      "no layer in it acts otherwise in training",
      `
import torch
from torch import nn
X_train, X_test, y_train, y_test = train_test_split(X, y)
net = nn.Sequential(nn.Linear(20, 64), nn.Dropout(0.0), nn.LayerNorm(64), nn.Linear(64, 1))
optimizer = torch.optim.Adam(net.parameters())
loss = nn.MSELoss()(net(X_train), y_train)
loss.backward()
optimizer.step()
print(r2_score(y_test, net(X_test).detach()))
`,
    ),
    good(
      "part of it was told to answer, by whoever has it",
      `
import torch
from torch import nn
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.base = nn.Sequential(nn.Linear(20, 64), nn.BatchNorm1d(64))
        self.last = nn.Linear(64, 1)
    def forward(self, x):
        return self.last(self.base(x))
X_train, X_test, y_train, y_test = train_test_split(X, y)
net = Net()
net.base.eval()
optimizer = torch.optim.Adam(net.last.parameters())
loss = nn.MSELoss()(net(X_train), y_train)
loss.backward()
optimizer.step()
print(r2_score(y_test, net(X_test).detach()))
`,
    ),
    note(
      "many answers of a network that goes on leaving out, to see how sure it is",
      `
import torch
from torch import nn
X_train, X_test, y_train, y_test = train_test_split(X, y)
net = nn.Sequential(nn.Linear(20, 64), nn.Dropout(0.5), nn.Linear(64, 1))
optimizer = torch.optim.Adam(net.parameters())
loss = nn.MSELoss()(net(X_train), y_train)
loss.backward()
optimizer.step()
# Monte Carlo dropout
guesses = [net(X_test).detach() for _ in range(100)]
#          ^^^^^^^^^^^ perhaps on purpose
print(r2_score(y_test, sum(guesses) / 100))
`,
      "`Sequential` is scored as if it were still learning: its `Dropout` leaves out other values at each answer, and nothing says `eval()` before. The cell speaks of `Monte Carlo`: where that is meant by it, nothing is amiss.",
    ),
    good(
      "scored on the rows it learns from, step by step",
      `
import torch
from torch import nn
X_train, X_test, y_train, y_test = train_test_split(X, y)
net = nn.Sequential(nn.Linear(20, 64), nn.Dropout(0.5), nn.Linear(64, 1))
optimizer = torch.optim.Adam(net.parameters())
for epoch in range(10):
    answers = net(X_train)
    loss = nn.MSELoss()(answers, y_train)
    loss.backward()
    optimizer.step()
    print(r2_score(y_train, answers.detach()))
net.eval()
print(r2_score(y_test, net(X_test).detach()))
`,
    ),
  ],
  check(facts, report) {
    const found = new Map<string, Evaluation[]>();
    for (const evaluation of facts.evaluations.values()) {
      const { at } = evaluation;
      if (!isOfOthers(evaluation) || !isScored(facts, evaluation)) continue;
      const place = `${at.cell}:${at.from}`;
      found.set(place, [...(found.get(place) ?? []), evaluation]);
    }
    for (const evaluations of found.values()) {
      const [first] = evaluations;
      if (!first?.learningLayer || evaluations.some(({ learningLayer }) => learningLayer === null)) continue;
      const purpose = manyAnswersIn(facts, first.at.cell);
      report({
        at: first.at,
        severity: purpose === null ? "warning" : "information",
        message:
          `\`${first.fit.model}\` is scored as if it were still learning: its \`${first.learningLayer}\` ${actionOf(first.learningLayer)}, and ${reasonOf(first.learningLayer)}.` +
          (purpose === null
            ? ""
            : ` The cell speaks of \`${purpose}\`: where that is meant by it, nothing is amiss.`),
        path: distinct([
          ...evaluations.map((one) => step("fit", one.fit.statement, `${one.fit.model} is fitted`)),
          ...evaluations.map((one) => scoreStep(facts, one)),
        ]),
        about: { evaluations, fits: evaluations.map(({ fit }) => fit) },
      });
    }
  },
});

function actionOf(layer: string): string {
  return layer.includes("Norm")
    ? "goes by the rows it is asked about together and keeps what it sees of them"
    : "leaves out other values at each answer";
}

/** A function hears of `eval()` by what it is handed. */
function reasonOf(layer: string): string {
  return layer.endsWith("()")
    ? "does not hear of `eval()`, since `training=self.training` is not handed to it"
    : "nothing says `eval()` before";
}

/** Whether it is about rows that the network did not learn from. */
function isOfOthers({ fit, inputs, isFolds }: Evaluation): boolean {
  return (
    !isFolds && inputs.rows !== null && fit.inputs.rows !== null && !overlap(inputs.rows, fit.inputs.rows)
  );
}
