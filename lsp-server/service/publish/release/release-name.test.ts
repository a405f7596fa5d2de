import { expect, it } from "vitest";
import { checkRelease, releaseName } from "./release-name.ts";

it.each([
  ["late-flight.ipynb", "late-flight"],
  ["work/Will my flight be late?.ipynb", "will-my-flight-be-late"],
  ["übung_2.ipynb", "bung-2"],
  ["....ipynb", "notebook"],
  ["預測.ipynb", "notebook"],
  [`${"a".repeat(62)}-b.ipynb`, "a".repeat(62)],
])("%s is released as %s, which is a name a release may have", (notebook, name) => {
  expect(releaseName(notebook)).toBe(name);
  expect(() => checkRelease(name, 1)).not.toThrow();
});

it.each(["", "..", "../x", "a/b", "a\\b", "A", "-a", "a-", "a b", "a\nb", "a.lock", "a\0", "a".repeat(64)])(
  "refuses the name %j",
  (name) => {
    expect(() => checkRelease(name, 1)).toThrow(expect.objectContaining({ code: "publish/bad-name" }));
  },
);

it.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])("refuses the version %d", (version) => {
  expect(() => checkRelease("n", version)).toThrow(expect.objectContaining({ code: "publish/bad-version" }));
});
