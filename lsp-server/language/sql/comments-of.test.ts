import { describe, expect, it } from "vitest";
import { layoutOf } from "./comments-of.ts";

const commentsIn = (text: string) => layoutOf(text).comments.map(({ from, to }) => text.slice(from, to));
const statementsIn = (text: string) => layoutOf(text).statements.map(({ from, to }) => text.slice(from, to));

describe("comments of SQL", () => {
  it.each([
    ["SELECT a -- one\nFROM t -- two", ["-- one", "-- two"]],
    ["SELECT 'it''s', a -- one", ["-- one"]],
    ["SELECT a->'$.x' -- one", ["-- one"]],
    ["SELECT a[1] -- one", ["-- one"]],
    ["-- it's one\nSELECT 'a'", ["-- it's one"]],
    ["/* it's */ SELECT 1 -- one", ["-- one"]],
  ])("are found in %j", (text, expected) => expect(commentsIn(text)).toEqual(expected));

  it.each([
    "SELECT '-- none'",
    'SELECT a AS "-- none"',
    "SELECT a AS `-- none`",
    "SELECT a AS [-- none]",
    "SELECT $$ -- none\n$$",
    "SELECT $x$ $$ -- none\n$x$",
    "/* -- none */ SELECT 1",
    "SELECT 'it''s -- none'",
    "SELECT 'it\\'s -- none'",
    "SELECT 'a\\' -- who knows',\n'",
    "SELECT 'begun -- none",
  ])("are none in %j", (text) => expect(commentsIn(text)).toEqual([]));

  it("are told apart from the statements around them", () => {
    expect(statementsIn("-- one\nSELECT ';' AS a\nFROM t -- two;\n; -- three\n\nSELECT 2;;")).toEqual([
      "SELECT ';' AS a\nFROM t",
      "SELECT 2",
    ]);
  });
});
