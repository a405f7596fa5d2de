import { expect, test } from "vitest";
import { withArgument, withMoreArguments, withoutArgument } from "./call-text.ts";

test.each([
  ["f(a, center=True)", "center", "f(a)"],
  ["f(center=True, a=1)", "center", "f(a=1)"],
  ["f(center=True)", "center", "f()"],
  ["f(a, center=g(1, [2, 3]), b=4)", "center", "f(a, b=4)"],
  ["f(center=1).g(a, center=2)", "center", "f(center=1).g(a)"],
  ["f(',center=1', \"(\", center=2,)", "center", "f(',center=1', \"(\",)"],
  ["f(a, center == b)", "center", null],
  ["f(g(center=1))", "center", null],
  ["frame['center=1']", "center", null],
])("%s without %s", (call, name, expected) => {
  expect(withoutArgument(call, name)).toBe(expected);
});

test.each([
  ["f(a, how='x', b=1)", "f(a, how='y', b=1)"],
  ["f( how = 'x' )", "f( how = 'y' )"],
  ["f(a)", null],
])("another value in %s", (call, expected) => {
  expect(withArgument(call, "how", "'y'")).toBe(expected);
});

test.each([
  ["f()", "f(b=1)"],
  ["f(a)", "f(a, b=1)"],
  ["f(a,)", "f(a, b=1,)"],
  ["f(\n  a,\n)", "f(\n  a, b=1,\n)"],
])("one more in %s", (call, expected) => {
  expect(withMoreArguments(call, "b=1")).toBe(expected);
});
