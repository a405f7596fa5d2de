import { expect, it } from "vitest";
import { describeReplaced } from "./describe-replaced.ts";

it.each([
  ["github-token", 2, "2 GitHub tokens in cell 3"],
  ["password-in-url", 2, "2 passwords in a URL in cell 3"],
  ["private-key", 1, "1 private key in cell 3"],
  ["named-secret", 2, "2 values under a secret's name in cell 3"],
  ["known-value", 3, "3 values found elsewhere as a secret in cell 3"],
  ["encoded-secret", 2, "2 secrets in base64 in cell 3"],
  ["of-a-later-version", 2, "2 secrets in cell 3"],
])("says %s, %i of them, as %s", (kind, count, said) => {
  expect(describeReplaced([{ kind, where: "cell 3", count }])).toBe(said);
});
