import { expect, it } from "vitest";
import { fileName, idOfFile } from "./file-name.ts";

it.each(["late-flight", "a/b", "../up", "é", "", ".", "x".repeat(100), "é".repeat(70)])(
  "tells %j again from its file's name",
  (id) => {
    const name = fileName(id);
    expect(name).toMatch(/^[A-Za-z0-9_-]{1,200}$/);
    expect(idOfFile(name)).toBe(id);
  },
);

it("gives two long ids two names, however late they differ", () => {
  const [one, other] = ["1", "2"].map((end) => fileName(`${"long/".repeat(100)}${end}`));
  expect(one).toMatch(/^[A-Za-z0-9_-]{1,200}$/);
  expect(other).not.toBe(one);
  expect(idOfFile(one!)).toBe(one);
});
