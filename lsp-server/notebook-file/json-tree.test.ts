import { describe, expect, it } from "vitest";
import { type JsonNode, memberOf, parseJson } from "./json-tree.ts";
import { ExactNumber, exactValue } from "./json-value.ts";

const read = (text: string) => {
  const { root, fault } = parseJson(text);
  if (root === null) throw fault;
  return exactValue(text, root);
};

describe("a JSON tree", () => {
  it.each([
    '{"a":[1,2.5,-3,true,false,null,"x"]}',
    " [ ] ",
    "{}",
    '"\\u00e9\\ud83d\\\\\\""',
    '{"__proto__": {"a": 1}, "10": 1, "9": 2}',
    '{"a": 1, "a": 2}',
    `${"[".repeat(800)}${"]".repeat(800)}`,
  ])("reads %j as JSON.parse does", (text) => {
    expect(read(text)).toEqual(JSON.parse(text));
  });

  it.each([
    "",
    "{",
    "[1,]",
    '{"a":1,}',
    "[1 2]",
    '{"a" 1}',
    "{a:1}",
    "'x'",
    '"a',
    '"\\x"',
    '"a\nb"',
    '"a\\"',
    "01",
    "1.",
    "+1",
    "nul",
    "1 1",
    "// c\n1",
    "\uFEFF1",
    `${"[".repeat(100_000)}`,
    '{"a":',
    "-",
    "[1,,2]",
    "tru\u0065x",
  ])("refuses %j with its place", (text) => {
    const { root, fault } = parseJson(text);
    expect(root).toBeNull();
    expect(fault?.offset).toBeLessThanOrEqual(text.length);
  });

  it.each(["12345678901234567890", "1.0", "-0.0", "-0", "1e5", "1E400", "NaN", "-Infinity", "1e-07", "0.10"])(
    "keeps the text of %s",
    (text) => expect(read(`[${text}]`)).toEqual([new ExactNumber(text)]),
  );

  it.each(["1", "-1", "0.1", "1.5e-7", "9007199254740991", "9007199254740993"])(
    "knows whether %s is exact",
    (text) => {
      expect(read(text)).toEqual(String(Number(text)) === text ? Number(text) : new ExactNumber(text));
    },
  );

  it("covers the text with places, whatever it holds", () => {
    const random = randomFrom(7);
    for (let round = 0; round < 500; round++) {
      const text = randomJson(random, 4);
      const { root } = parseJson(text);
      expect(root, text).not.toBeNull();
      if (root === null) return;
      expect(text.slice(0, root.start) + text.slice(root.end)).toMatch(/^[ \t\r\n]*$/);
      for (const node of all(root)) {
        const raw = text.slice(node.start, node.end);
        expect(plain(exactValue(text, node))).toEqual(JSON.parse(raw));
      }
    }
  });

  it("reads a megabyte of backslashes and of quotes in a moment", () => {
    const text = `["${"\\\\".repeat(500_000)}", "${'\\"'.repeat(500_000)}"]`;
    const began = process.cpuUsage();
    read(text);
    expect(process.cpuUsage(began).user).toBeLessThan(1_500_000);
  });

  it("answers the last of a key that stands twice, and null for none", () => {
    const { root } = parseJson('{"a":1,"a":2}');
    expect(memberOf(root, "a")).toMatchObject({ kind: "number", start: 11 });
    expect(memberOf(root, "b")).toBeNull();
    expect(memberOf(null, "a")).toBeNull();
  });
});

function* all(node: JsonNode): Generator<JsonNode> {
  yield node;
  if (node.kind === "array") for (const item of node.items) yield* all(item);
  if (node.kind === "object") for (const { value } of node.members) yield* all(value);
}

function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (_key, each) => (each instanceof ExactNumber ? each.value : each)));
}

function randomJson(random: () => number, depth: number): string {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const space = () => pick(["", " ", "\n", "\r\n\t", "  "]);
  const text = () => pick(['""', '"a"', '"\\u00e9\\n"', '"\\ud83d"', '"é\u2028"', '"\\\\"', '"a\\"b"']);
  const kind = depth === 0 ? 0 : random();
  if (kind < 0.4) return pick([text(), "0", "-1", "1.50", "1e5", "123456789012345678901", "true", "null"]);
  const parts = Array.from({ length: Math.floor(random() * 4) }, () => {
    const value = `${space()}${randomJson(random, depth - 1)}${space()}`;
    return kind < 0.7 ? value : `${space()}${text()}${space()}:${value}`;
  });
  return kind < 0.7 ? `[${parts.join(",") || space()}]` : `{${parts.join(",") || space()}}`;
}

function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
