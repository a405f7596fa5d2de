import { expect, it } from "vitest";
import { failureOf, failureText } from "./failures.ts";

const failure = { code: "ledger/gone", message: "Gone.", advice: "Look.", data: { id: 1 } };

it.each([
  ["a failure", Object.assign(new Error("Gone."), failure), failure],
  ["an error that carries one", Object.assign(new Error("x"), { data: failure }), failure],
  ["any error", new Error("x"), { code: "client/unexpected", message: "x", advice: "", data: {} }],
  ["an error that carries something else", Object.assign(new Error("x"), { data: 3 }), { message: "x" }],
  ["no error at all", "x", { code: "client/unexpected", message: "x" }],
  ["nothing", null, { message: "null" }],
])("%s", (_, error, wanted) => {
  expect(failureOf(error)).toMatchObject(wanted);
});

it.each([
  [
    { code: "x", message: "Nothing was done.", advice: "Try again.", data: {} },
    "Nothing was done. Try again.",
  ],
  [{ code: "x", message: "Nothing was done.", advice: "", data: {} }, "Nothing was done."],
  [new Error("gone"), "gone"],
])("tells a person of %j", (error, text) => {
  expect(failureText(error)).toBe(text);
});
