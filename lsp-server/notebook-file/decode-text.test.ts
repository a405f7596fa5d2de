import { describe, expect, it } from "vitest";
import { decodePython } from "./decode-python.ts";
import { decodeText, encodeText } from "./decode-text.ts";

const utf8 = (text: string) => new TextEncoder().encode(text);
const latin = (text: string) => Uint8Array.from(text, (char) => char.charCodeAt(0));
const text = '{"cells": ["é 😀"]}\r\n';

describe("text of a notebook file", () => {
  it.each([
    ["utf-8", false],
    ["utf-8", true],
    ["utf-16le", true],
    ["utf-16be", true],
    ["utf-16le", false],
    ["utf-16be", false],
  ] as const)("in %s, mark %s, comes back byte for byte", (name, mark) => {
    const bytes = encodeText(text, { name, mark });
    const { value, problems } = decodeText(bytes);
    expect(problems).toEqual([]);
    expect(value).toEqual({ text, encoding: { name, mark } });
    expect(encodeText(value?.text ?? "", { name, mark })).toEqual(bytes);
  });

  it.each([
    [latin("ok\nok\r\n\xe9t\xe9\n"), 2],
    [latin("\xe9"), 0],
    [Uint8Array.of(...utf8("a\rb"), 0xf0, 0x9f), null],
    [Uint8Array.of(0xff, 0xfe, 0x41, 0x00, 0x00, 0xd8, 0x41, 0x00), 0],
  ])("that is none is never text: %j", (bytes, line) => {
    const { value, problems } = decodeText(bytes);
    expect(value).toBeNull();
    expect(problems).toMatchObject([{ code: "notebook/undecodable", unread: "file" }]);
    if (line !== null) expect(problems[0]?.line).toBe(line);
  });

  it("of 1 MB with its last byte wrong is refused in a moment", () => {
    const bytes = new Uint8Array(1_000_000).fill(0x61);
    bytes[bytes.length - 1] = 0xe9;
    const began = process.cpuUsage();
    expect(decodeText(bytes).value).toBeNull();
    expect(process.cpuUsage(began).user).toBeLessThan(1_500_000);
  });
});

describe("text of a Python file", () => {
  it.each([
    ["# -*- coding: latin-1 -*-\nx = 'é\x80'\n", latin, "# -*- coding: latin-1 -*-\nx = 'é\x80'\n"],
    [
      "#!/usr/bin/python\n# vim: set fileencoding=iso-8859-15 :\nx = '\xa4'",
      latin,
      "#!/usr/bin/python\n# vim: set fileencoding=iso-8859-15 :\nx = '€'",
    ],
    ["# coding: cp1252\nx = '\x80'", latin, "# coding: cp1252\nx = '€'"],
    ["x = 1\n# coding: latin-1\ny = 'é'", utf8, "x = 1\n# coding: latin-1\ny = 'é'"],
    ["\ufeff# coding: utf-8\nx = 'é'", utf8, "# coding: utf-8\nx = 'é'"],
    ["x = 'é'", utf8, "x = 'é'"],
    ["# coding: utf8\nx = 'é'", utf8, "# coding: utf8\nx = 'é'"],
  ])("%j is read as Python reads it", (source, encode, expected) => {
    const { value, problems } = decodePython(encode(source));
    expect(problems).toEqual([]);
    expect(value?.text).toBe(expected);
  });

  it.each([
    ["# coding: klingon\nx = 1"],
    ["# coding: ascii\nx = '\xe9'"],
    ["x = '\xe9'"],
    ["# coding: euc_jp\nx = '\xff'"],
  ])("%j is refused", (source) => {
    expect(decodePython(latin(source))).toMatchObject({
      value: null,
      problems: [{ code: "notebook/undecodable" }],
    });
  });
});
