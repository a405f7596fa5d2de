import { expect, it } from "vitest";
import { printable } from "./printable.ts";

it("shows control characters instead of obeying them", () => {
  expect(printable("a\u001b[31mred\u0007\u009b2J\u007f")).toBe("a\\x1b[31mred\\x07\\x9b2J\\x7f");
  expect(printable("a\u202evsc.exe\u2066")).toBe("a\\u202evsc.exe\\u2066");
  expect(printable("50 %\r100 %")).toBe("50 %\\x0d100 %");
  expect(printable("two\tcolumns\r\nΔ é 木 …\n")).toBe("two\tcolumns\r\nΔ é 木 …\n");
});
