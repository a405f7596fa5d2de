import type { JsonValue } from "@lookback/protocol/json.ts";
import { expect, it } from "vitest";
import { isJsonMime, joinedLines } from "./joined-lines.ts";

const output = (data: { [mime: string]: JsonValue }): JsonValue => ({
  output_type: "display_data",
  data,
  metadata: {},
});

it("joins every text that may be a list of lines, of whatever MIME type, and no list of JSON", () => {
  const table = ["<table>\n", "<tr><td>1,2</td></tr>\n", "</table>"];
  const spec = ["a\n", "b"];
  expect(
    joinedLines({
      nbformat: 4,
      metadata: { tags: ["a\n", "b"] },
      cells: [
        {
          cell_type: "code",
          source: ["x = 1\n", "x"],
          outputs: [
            output({
              "text/html": table,
              "text/latex": ["$a$\n", "$b$"],
              "image/svg+xml": ["<svg>\n", "</svg>"],
            }),
            output({ "application/javascript": ["a()\n", "b()"], "text/x-unheard-of": ["1\n", "2"] }),
            output({ "application/json": spec, "application/vnd.vega.v5+json": spec }),
            { output_type: "stream", name: "stdout", text: ["1\n", "2\n"] },
            { output_type: "error", ename: "E", evalue: "e", traceback: ["one", "two"] },
          ],
        },
        {
          cell_type: "markdown",
          source: ["# a\n", "b"],
          attachments: { "x.svg": { "image/svg+xml": ["<svg/>\n"] } },
        },
      ],
    }),
  ).toEqual({
    nbformat: 4,
    metadata: { tags: ["a\n", "b"] },
    cells: [
      {
        cell_type: "code",
        source: "x = 1\nx",
        outputs: [
          output({
            "text/html": table.join(""),
            "text/latex": "$a$\n$b$",
            "image/svg+xml": "<svg>\n</svg>",
          }),
          output({ "application/javascript": "a()\nb()", "text/x-unheard-of": "1\n2" }),
          output({ "application/json": spec, "application/vnd.vega.v5+json": spec }),
          { output_type: "stream", name: "stdout", text: "1\n2\n" },
          { output_type: "error", ename: "E", evalue: "e", traceback: ["one", "two"] },
        ],
      },
      { cell_type: "markdown", source: "# a\nb", attachments: { "x.svg": { "image/svg+xml": "<svg/>\n" } } },
    ],
  });
});

it("leaves alone what is no notebook", () => {
  expect(joinedLines({ cells: [1, null, { source: 3, outputs: "x" }] })).toEqual({
    cells: [1, null, { source: 3, outputs: "x" }],
  });
  expect(joinedLines({})).toEqual({ cells: [] });
});

it.each([
  ["application/json", true],
  ["application/vnd.plotly.v1+json", true],
  ["application/json5", false],
  ["text/html", false],
  ["image/svg+xml", false],
])("%s is JSON: %s", (mime, is) => {
  expect(isJsonMime(mime)).toBe(is);
});
