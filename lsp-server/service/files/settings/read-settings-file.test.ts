import { expect, test } from "vitest";
import { readSettingsFile } from "./read-settings-file.ts";

test("reads what it knows", () => {
  const text = '[lint]\nprofile = "strict"\n\n[lint.rules]\nmulti-test = "off"\noutcome-proxy = "error"\n';
  expect(readSettingsFile(text)).toEqual({
    value: { lint: { profile: "strict", rules: { "multi-test": "off", "outcome-proxy": "error" } } },
    problems: [],
  });
  expect(readSettingsFile("")).toEqual({ value: { lint: {} }, problems: [] });
});

test.each<[string, string, string, number, number]>([
  [
    "a key nobody knows",
    "[lnit]\nprofile = 1",
    'There is no setting called "lnit"; it is not heeded. Did you mean "lint"?',
    0,
    1,
  ],
  [
    "a key of a table",
    '# a\n[lint]\nrules = {}\nprofil = "quiet"',
    'There is no setting called "profil" in lint; it is not heeded. Did you mean "profile"?',
    3,
    0,
  ],
  [
    "a rule",
    '[lint]\n[lint.rules]\n\nmulti-tset = "off"',
    'There is no rule called "multi-tset"; it is not heeded. Did you mean "multi-test"?',
    3,
    0,
  ],
  [
    "a rule behind dots",
    'lint.profile = "quiet"\nlint.rules.multi-tset = "off"',
    'There is no rule called "multi-tset"; it is not heeded. Did you mean "multi-test"?',
    1,
    11,
  ],
  [
    "a rule in a table on one line",
    '\nlint = { rules = { multi-tset = "off" } }',
    'There is no rule called "multi-tset"; it is not heeded. Did you mean "multi-test"?',
    1,
    19,
  ],
  [
    "a key below a value of several lines",
    'other = """\n[lint]\nrules = 1\n"""\n',
    'There is no setting called "other"; it is not heeded.',
    0,
    0,
  ],
])(
  "says of %s where it stands and what is meant, and heeds the rest",
  (_, text, message, line, character) => {
    const { value, problems } = readSettingsFile(text);
    expect(value).not.toBeNull();
    expect(problems).toMatchObject([{ severity: "warning", message, range: { start: { line, character } } }]);
  },
);

test.each<[string, string, RegExp, number]>([
  [
    "a profile",
    '[lint]\nprofile = "qiet"',
    /^lint\.profile is "qiet"; it can be "quiet", "default", "strict", "competition"\. Did you mean "quiet"\?/,
    1,
  ],
  [
    "a level",
    '[lint.rules]\n"multi-test" = "warn"',
    /^lint\.rules\.multi-test is "warn"; it can be "off", "on", "information", "warning", "error"\./,
    1,
  ],
  [
    "a level of what is on or off",
    '[lint.rules]\nfeature-definitions = "error"',
    /it can be "off", "on"\.|it can be "on", "off"\./,
    1,
  ],
  ["a table that is none", "lint = 3", /^lint is 3, which it cannot be/, 0],
  [
    "what is no TOML",
    '[lint]\nprofile = "quiet',
    /^This is not TOML: .+\. Nothing of the file is used\.$/,
    1,
  ],
  ["a key that stands twice", "[lint]\n[lint]", /^This is not TOML: /, 1],
])("uses nothing of a file with %s that cannot be used", (_, text, message, line) => {
  const { value, problems } = readSettingsFile(text);
  expect(value).toBeNull();
  expect(problems).toMatchObject([
    { severity: "error", message: expect.stringMatching(message), range: { start: { line } } },
  ]);
});
