import { describe, expect, it } from "vitest";
import { type SampleCell, sampleSide } from "../fixtures/sample-side.ts";
import { compareCells } from "./compare-cells.ts";

const states = (left: readonly (SampleCell | string)[], right: readonly (SampleCell | string)[]) =>
  compareCells(sampleSide(left), sampleSide(right)).rows.map(
    ({ state, isMoved, left, right }) =>
      `${state}${isMoved ? " moved" : ""} ${left?.index ?? "-"} ${right?.index ?? "-"}`,
  );

describe("which cell is which", () => {
  it("is said by ids before texts", () => {
    const left = [
      { id: "a", source: "one()" },
      { id: "b", source: "two()" },
    ];
    const right = [
      { id: "a", source: "two()" },
      { id: "b", source: "one()" },
    ];
    expect(states(left, right)).toEqual(["changed 0 0", "changed 1 1"]);
  });

  it("is said by texts where ids are new, wherever a cell went", () => {
    const cell = (id: string, source: string) => ({ id, source });
    const left = [cell("a", "one()"), cell("b", "two()"), cell("c", "three()")];
    const right = [cell("x", "three()"), cell("y", "one()"), cell("z", "two()")];
    expect(states(left, right)).toEqual(["same moved 2 0", "same 0 1", "same 1 2"]);
  });

  it("is said by what two texts share where neither helps", () => {
    const left = [{ id: "a", source: "x = 1\ny = 2\nz = 3" }];
    expect(states(left, [{ id: "b", source: "x = 1\ny = 2\nz = 4" }])).toEqual(["changed 0 0"]);
    expect(states(left, [{ id: "b", source: "u = 1\nv = 2\nz = 3" }])).toEqual(["removed 0 -", "added - 0"]);
  });

  it("keeps what is gone where it was", () => {
    const [a, b, c, d] = ["a", "b", "c", "d"].map((id) => ({ id, source: `${id}()` }));
    expect(states([a!, b!, c!], [a!, d!, c!])).toEqual(["same 0 0", "removed 1 -", "added - 1", "same 2 2"]);
  });

  it("counts repeated texts one by one, and text cells apart from code", () => {
    expect(states(["x", "x"], ["x"].concat("x", "x"))).toHaveLength(3);
    const { code, rows } = compareCells(
      sampleSide([{ id: "t", type: "markdown", source: "# a" }, "x"]),
      sampleSide([{ id: "t", type: "markdown", source: "# b" }, "x"]),
    );
    expect(code).toEqual({ total: 1, same: 1, unknown: 0 });
    expect(rows[0]).toMatchObject({ state: "changed", type: "markdown" });
  });
});

it("shows how a cell changed, line by line", () => {
  const [row] = compareCells(sampleSide(["a\nb\nc"]), sampleSide(["a\nx\nc\nd"])).rows;
  expect(row?.lines).toEqual([
    { left: 1, right: 1, text: "a" },
    { left: 2, right: null, text: "b" },
    { left: null, right: 2, text: "x" },
    { left: 3, right: 3, text: "c" },
    { left: null, right: 4, text: "d" },
  ]);
});

describe("outputs", () => {
  const outputs = (left: readonly unknown[], right: readonly unknown[]) =>
    compareCells(sampleSide([{ source: "x", outputs: left }]), sampleSide([{ source: "x", outputs: right }]))
      .rows[0]!.outputs;
  const stream = (text: string | string[]) => ({ output_type: "stream", name: "stdout", text });
  const shown = (data: object, execution_count = 1) => ({
    output_type: "execute_result",
    execution_count,
    metadata: {},
    data,
  });

  it("are the same whatever only the clock or chance made of them", () => {
    expect(outputs([stream("a\nb\n")], [stream(["a\n"]), stream("b\n")]).state).toBe("same");
    expect(outputs([shown({ "text/plain": "1" }, 1)], [shown({ "text/plain": "1" }, 9)]).state).toBe("same");
    const object = (address: string) => [shown({ "text/plain": `<Axes at ${address}>` })];
    expect(outputs(object("0x7f3a00c0ffee"), object("0x7f3a00decade")).state).toBe("same");
    expect(outputs([], []).state).toBe("none");
  });

  it("that differ are given as they may be shown, and nothing else", () => {
    expect(outputs([stream("a")], [stream("b")])).toEqual({
      state: "changed",
      left: [{ kind: "text", text: "a", isCut: false }],
      right: [{ kind: "text", text: "b", isCut: false }],
    });
    const html = "<table><tr><td>1</td></tr></table>";
    expect(outputs([], [shown({ "text/html": html, "text/plain": "  0\n" })])).toMatchObject({
      state: "added",
      right: [{ kind: "html", html, text: "  0\n" }],
    });
    expect(outputs([shown({ "image/png": "aGk=\n" })], [])).toMatchObject({
      state: "removed",
      left: [{ kind: "image", mime: "image/png", base64: "aGk=" }],
    });
    expect(outputs([shown({ "application/x": "?" })], []).left).toEqual([
      { kind: "unshown", mimes: ["application/x"], bytes: 21 },
    ]);
  });

  it("that show members called as an output's own are told apart by them", () => {
    const json = (value: object) => [shown({ "application/json": value as never })];
    expect(outputs(json({ execution_count: 1 }), json({ execution_count: 2 })).state).toBe("changed");
    expect(outputs(json({ metadata: { a: 1 } }), json({ metadata: { a: 2 } })).state).toBe("changed");
  });

  it("that are long are cut, and say so", () => {
    expect(outputs([stream("a".repeat(50_000))], []).left).toMatchObject([{ kind: "text", isCut: true }]);
  });
});
