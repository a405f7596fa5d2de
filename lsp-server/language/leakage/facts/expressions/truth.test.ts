import { loadPython } from "@lookback/service/files/load-python.ts";
import { expect, test } from "vitest";
import { readNotebook } from "../../../notebook/read-notebook.ts";
import { analyze } from "../../analyze.ts";

const python = await loadPython();

/** The rules that speak of a notebook that prepares both halves by one function. */
const found = (
  prepare: string,
  train = "prepare(X_train, True)",
  held = "prepare(X_test, False)",
): string[] => {
  const source = `import pandas as pd
df = pd.read_csv("data.csv")
X, y = df[["a", "b"]], df["y"]
X_train, X_test, y_train, y_test = train_test_split(X, y)
scaler = StandardScaler()
${prepare}
model = SVC().fit(${train}, y_train)
model.score(${held}, y_test)
`;
  return analyze(readNotebook(source, "a.py").value, { python }).findings.map(({ rule }) => rule);
};

const again = ["refit-on-test"];
const body = (condition: string, params = "fit") => `def prepare(frame, ${params}):
    if ${condition}:
        return scaler.fit_transform(frame)
    return scaler.transform(frame)`;

test.each([
  ["a flag", body("fit")],
  [
    "a flag that is not set",
    "def prepare(frame, fit):\n    if not fit:\n        return scaler.transform(frame)\n    return scaler.fit_transform(frame)",
  ],
  [
    "an `else`",
    "def prepare(frame, fit):\n    if fit:\n        out = scaler.fit_transform(frame)\n    else:\n        out = scaler.transform(frame)\n    return out",
  ],
  [
    "in one expression",
    "def prepare(frame, fit):\n    return scaler.fit_transform(frame) if fit else scaler.transform(frame)",
  ],
  [
    "one that only fits",
    "def prepare(frame, fit):\n    fit and scaler.fit(frame)\n    return scaler.transform(frame)",
  ],
  [
    "one that fits or not",
    "def prepare(frame, fit):\n    not fit or scaler.fit(frame)\n    return scaler.transform(frame)",
  ],
  ["compared with a flag", body("fit is True")],
  ["compared with a number that it equals", body("fit == 1")],
  [
    "what the function makes of it",
    "def prepare(frame, fit):\n    isFirst = not fit\n    if isFirst:\n        return scaler.transform(frame)\n    return scaler.fit_transform(frame)",
  ],
  [
    "within a `with`",
    "def prepare(frame, fit):\n    with open('log') as log:\n        if fit:\n            scaler.fit(frame)\n    return scaler.transform(frame)",
  ],
  [
    "a function inside",
    "def prepare(frame, fit):\n    def inner(rows):\n        return scaler.fit_transform(rows) if fit else scaler.transform(rows)\n    return inner(frame)",
  ],
])("a branch on what a call gives goes one way: %s", (_, prepare) => {
  expect(found(prepare)).toEqual([]);
  expect(found(prepare, "prepare(X_train, True)", "prepare(X_test, True)")).toEqual(again);
});

const mode = body('mode == "train"', 'mode="test"');
const modes = body('mode in ("train", "fit")', "mode");

test.each([
  ["a text", mode, 'prepare(X_train, "train")', "prepare(X_test)"],
  ["one of several", modes, 'prepare(X_train, mode="fit")', 'prepare(X_test, mode="test")'],
  [
    "none of several",
    body('mode not in ["test"]', "mode"),
    'prepare(X_train, "a")',
    'prepare(X_test, "test")',
  ],
  ["a default, by name alone", body("fit", "*, fit=False"), "prepare(X_train, fit=True)", "prepare(X_test)"],
  [
    "through another function",
    `${mode}\ndef both(frame, how):\n    return prepare(frame, mode=how)`,
    'both(X_train, "train")',
    'both(X_test, "test")',
  ],
  [
    "two conditions",
    body('fit and kind == "std"', 'fit, kind="std"'),
    "prepare(X_train, True)",
    "prepare(X_test, False)",
  ],
  ["a number", body("level == 1", "level"), "prepare(X_train, 1)", "prepare(X_test, 0)"],
  [
    "whether a scaler is given",
    "def prepare(frame, scaler=None):\n    if scaler is None:\n        scaler = StandardScaler().fit(frame)\n    return scaler.transform(frame), scaler\nfirst, known = prepare(X_train)",
    "first",
    "prepare(X_test, known)[0]",
  ],
  [
    "whether a scaler was made",
    "made = None\ndef prepare(frame):\n    global made\n    if made is None:\n        made = StandardScaler().fit(frame)\n    return made.transform(frame)",
    "prepare(X_train)",
    "prepare(X_test)",
  ],
  [
    "whether an object has one",
    "class Prepared:\n    def __init__(self):\n        self.scaler = None\n    def run(self, frame):\n        if self.scaler is None:\n            self.scaler = StandardScaler().fit(frame)\n        return self.scaler.transform(frame)\nprepared = Prepared()",
    "prepared.run(X_train)",
    "prepared.run(X_test)",
  ],
  [
    "what was learned",
    "def prepare(frame, middle=None):\n    if middle is None:\n        middle = frame.mean()\n    return frame - middle, middle\nfirst, known = prepare(X_train)",
    "first",
    "prepare(X_test, middle=known)[0]",
  ],
])("a branch on what a call gives goes one way: %s, or a default", (_, prepare, train, held) => {
  expect(found(prepare, train, held)).toEqual([]);
});

/** Prepares anew where an answer is `None`. */
const absent = (asked: string) => `import helpers, re
def prepare(frame, fit):
    known = ${asked}
    if fit or known is None:
        return scaler.fit_transform(frame)
    return scaler.transform(frame)`;

/** Prepares anew where an attribute is set, after something that may have set it. */
const switched = (after: string) => `import json
class Switch:
    def __init__(self):
        self.isOn = False
    def prepare(self, frame, fit):
        return scaler.fit_transform(frame) if fit or self.isOn else scaler.transform(frame)
switch = Switch()
${after}
prepare = switch.prepare`;

test.each([
  ["a flag that is computed", body("fit"), "prepare(X_test, len(X_test) > 5)"],
  ["a flag of the notebook", `refit = False\n${body("refit")}`, "prepare(X_test, False)"],
  ["a condition that is asked of the rows", body("fit or frame.empty"), "prepare(X_test, False)"],
  [
    "arguments that nobody reads",
    `import json\noptions = json.load(open("o.json"))\n${body("fit", "fit=False")}`,
    "prepare(X_test, **options)",
  ],
  [
    "what a branch may have set",
    "def prepare(frame, fit):\n    mode = 'test'\n    if frame.empty:\n        mode = 'train'\n    if fit or mode == 'train':\n        return scaler.fit_transform(frame)\n    return scaler.transform(frame)",
    "prepare(X_test, False)",
  ],
  [
    "an attribute that a branch may have set",
    "class State:\n    def __init__(self):\n        self.isSet = False\nstate = State()\ndef prepare(frame, fit, state=state):\n    if frame.empty:\n        state.isSet = True\n    if fit or state.isSet:\n        return scaler.fit_transform(frame)\n    return scaler.transform(frame)",
    "prepare(X_test, False)",
  ],
  [
    "a scaler that a branch may have left out",
    "def prepare(frame, fit):\n    known = None\n    if frame.empty:\n        known = StandardScaler()\n    if fit or known is not None:\n        return scaler.fit_transform(frame)\n    return scaler.transform(frame)",
    "prepare(X_test, False)",
  ],
  [
    "what a turn of a loop may have set",
    "def prepare(frame, fit):\n    for one in frame.columns:\n        fit = one == 'a'\n        isMet = False\n        if fit or isMet:\n            scaler.fit(frame)\n        isMet = True\n    return scaler.transform(frame)",
    "prepare(X_test, False)",
  ],
  [
    "a function that may answer nothing",
    "def given(frame):\n    if frame.empty:\n        return StandardScaler()\ndef prepare(frame, fit):\n    known = given(frame)\n    if fit or known is None:\n        return scaler.fit_transform(frame)\n    return scaler.transform(frame)",
    "prepare(X_test, False)",
  ],
  [
    "what an error may have kept from returning",
    "def prepare(frame, fit):\n    try:\n        return scaler.transform(frame)\n    except ValueError:\n        return scaler.fit_transform(frame)",
    "prepare(X_test, False)",
  ],
  [
    "a generator, which goes on",
    "def both(frame):\n    yield None\n    scaler.fit(frame)\ndef prepare(frame, fit):\n    list(both(frame))\n    return scaler.transform(frame)",
    "prepare(X_test, False)",
  ],
  [
    "a function that calls itself",
    "def prepare(frame, left):\n    if left == 0:\n        return scaler.fit_transform(frame)\n    return prepare(frame, left - 1)",
    "prepare(X_test, 2)",
  ],
  ["an identity of unlike kinds", body("fit or n is not True", "fit, n=1"), "prepare(X_test, False)"],
  ["an identity of equal texts", body('fit or n is not "a"', 'fit, n="a"'), "prepare(X_test, False)"],
  ["what a table may not hold", absent('frame.get("x")'), "prepare(X_test, False)"],
  ["what a statistic may not hold", absent('frame.mean().get("x")'), "prepare(X_test, False)"],
  ["what is looked up in a dict", absent('frame.mean().to_dict().get("x")'), "prepare(X_test, False)"],
  ["what a pattern may not meet", absent('re.match("x", str(frame))'), "prepare(X_test, False)"],
  ["what stands in for none", absent("next(iter(frame.mean()), None)"), "prepare(X_test, False)"],
  ["what nobody read answers", absent("helpers.limit(frame)"), "prepare(X_test, False)"],
  ["what a scaler may leave out", absent("StandardScaler().fit(frame).mean_"), "prepare(X_test, False)"],
  [
    "an entry that only one arm gives",
    `state = {}\nif len(df) > 5:\n    state["x"] = StandardScaler()\n${absent('state.get("x")')}`,
    "prepare(X_test, False)",
  ],
  [
    "an entry that was taken out",
    `state = {"x": StandardScaler()}\nstate.pop("x")\n${absent('state.get("x", None)')}`,
    "prepare(X_test, False)",
  ],
  [
    "arguments that a decorator may give",
    `import helpers\n@helpers.with_defaults\n${body("fit or isOn", "fit, isOn=False")}`,
    "prepare(X_test, False)",
  ],
  [
    "a flag that a decorator may turn",
    `import helpers\n@helpers.turned\n${body("fit")}`,
    "prepare(X_test, False)",
  ],
  [
    "arguments that a command line gives",
    `import click\n@click.option("--on", default=True)\n${body("fit or isOn", "fit, isOn=False")}`,
    "prepare(X_test, False)",
  ],
  [
    "a method under a decorator",
    `import helpers\nclass Prepare:\n    @helpers.with_defaults\n    def run(self, frame, fit, isOn=False):\n        return scaler.fit_transform(frame) if fit or isOn else scaler.transform(frame)\nprepare = Prepare().run`,
    "prepare(X_test, False)",
  ],
  [
    "attributes as a dict that is updated",
    switched("switch.__dict__.update(isOn=True)"),
    "prepare(X_test, False)",
  ],
  ["attributes as a dict that is written", switched('vars(switch)["isOn"] = True'), "prepare(X_test, False)"],
  [
    "attributes that a file names",
    switched('for name, on in json.load(open("o.json")).items():\n    setattr(switch, name, on)'),
    "prepare(X_test, False)",
  ],
  [
    "attributes that nobody read may set",
    switched("import helpers\nhelpers.configure(switch)"),
    "prepare(X_test, False)",
  ],
])("a branch of which the way is not known goes both: %s", (_, prepare, held) => {
  expect(found(prepare, "prepare(X_train, True)", held)).toContain("refit-on-test");
});

test.each([
  ["a library's that hands them on", "import torch\n@torch.no_grad()\n"],
  ["one of the notebook's own", "def told(function):\n    print(function)\n    return function\n@told\n"],
])("a decorator that leaves arguments as they are leaves a branch decided: %s", (_, decorator) => {
  expect(found(`${decorator}${body("fit")}`)).toEqual([]);
});

test("attributes that nothing touched are what they were set to", () => {
  expect(found(switched("print(switch)"))).toEqual([]);
});

test("what no call reaches is said of nothing", () => {
  const prepare = "def prepare(frame, fit):\n    return frame\n    return scaler.fit_transform(frame)";
  expect(found(prepare)).toEqual([]);
});

const judge = `def judge(frame, isScaled=False):
    if isScaled:
        frame = (frame - frame.min()) / frame.max()
    X_train, X_test, y_train, y_test = train_test_split(frame[["a", "b"]], frame["y"])
    return SVC().fit(X_train, y_train).score(X_test, y_test)
`;

test.each([
  ["a branch", judge],
  [
    "a side of an expression",
    judge.replace(/ {4}if isScaled:\n {8}frame = (.*)/, "    frame = $1 if isScaled else frame"),
  ],
  [
    "what is asked last",
    judge.replace(
      / {4}if isScaled:\n {8}frame = (.*)/,
      "    isScaled and frame.update(StandardScaler().fit_transform(frame))",
    ),
  ],
])("what no call reaches may still be called from outside: %s", (_, code) => {
  const called = (calls: string) => found(`${code}\n${calls}`, "X_train", "X_test");
  expect(called("judge(df)")).toContain("scaler-before-split");
  expect(called("judge(df, True)")).toContain("scaler-before-split");
});

test("what some call reaches is said of that call", () => {
  const both = `${body("fit")}\nprepare(X_train, True)\nprepare(X_test, False)`;
  expect(found(both, "prepare(X_train, True)")).toEqual([]);
});
