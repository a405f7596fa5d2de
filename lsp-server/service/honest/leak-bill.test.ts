import { describe, expect, it, test } from "vitest";
import { fixOrders, isIn, membersOf, setsOf } from "./fix-orders.ts";
import { leakBill } from "./leak-bill.ts";

/** A bill over every order of so many fixes, by the scores of their sets as `scores` writes them: `"01": 0.7`. */
function billOf(count: number, scores: Readonly<Record<string, number>>) {
  return leakBill(fixOrders(count), (fixes) => scores[membersOf(fixes).join("")] ?? null);
}

describe("every order", () => {
  test.each<[string, Record<string, number>, (number | null)[]]>([
    ["two that add up", { "": 0.9, 0: 0.8, 1: 0.7, "01": 0.6 }, [0.1, 0.2]],
    ["two of which either hides the other", { "": 0.9, 0: 0.9, 1: 0.9, "01": 0.5 }, [0.2, 0.2]],
    ["one that does nothing", { "": 0.9, 0: 0.9, 1: 0.6, "01": 0.6 }, [0, 0.3]],
    ["one that hid a loss", { "": 0.6, 0: 0.7, 1: 0.5, "01": 0.6 }, [-0.1, 0.1]],
    [
      "three, of which two lean on each other",
      { "": 1, 0: 0.8, 1: 0.9, 2: 0.9, "01": 0.7, "02": 0.7, "12": 0.5, "012": 0.3 },
      [0.2, 0.25, 0.25],
    ],
  ])("%s", (_, scores, shares) => {
    const bill = billOf(shares.length, scores);
    for (const [at, share] of shares.entries()) expect(bill?.shares[at]).toBeCloseTo(share ?? 0, 12);
    const sum = bill!.shares.reduce<number>((all, share) => all + (share ?? 0), bill!.honest);
    expect(sum).toBeCloseTo(bill!.asWritten, 12);
    expect(bill?.errors).toEqual(shares.map(() => null));
  });
});

describe("what did not run", () => {
  it("counts the orders that ran", () => {
    const bill = billOf(2, { "": 0.9, 0: 0.8, "01": 0.6 });
    expect(bill?.orders).toEqual({ counted: 1, of: 2 });
    expect(bill?.shares[0]).toBeCloseTo(0.1, 12);
    expect(bill?.shares[1]).toBeCloseTo(0.2, 12);
  });

  it("is of the most fixes that ran together, and of no others", () => {
    const bill = billOf(3, { "": 0.9, 0: 0.8, 1: 0.8, 2: 0.7, "02": 0.5 });
    expect(bill).toMatchObject({ fixes: 0b101, honest: 0.5, orders: { counted: 2, of: 2 } });
    expect(bill?.shares[0]).toBeCloseTo(0.15, 12);
    expect(bill?.shares[1]).toBeNull();
    expect(bill?.shares[2]).toBeCloseTo(0.25, 12);
  });

  test.each<[string, Record<string, number>]>([
    ["the score as written", { 0: 0.8, 1: 0.7, "01": 0.6 }],
    ["each fix alone, though all together ran", { "": 0.9, "01": 0.6 }],
  ])("there is no bill without %s", (_, scores) => {
    expect(billOf(2, scores)).toBeNull();
  });
});

describe("sampled orders", () => {
  const sizes = [0.01, 0.02, 0.03, 0.04, 0.05, 0.06, 0.07];
  const orders = fixOrders(sizes.length);

  it("are eight, and ask for few sets", () => {
    expect(orders).toMatchObject({ of: 5040, isSampled: true });
    expect(orders.orders).toHaveLength(8);
    for (const order of orders.orders) expect([...order].sort()).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(setsOf(orders).length).toBeLessThanOrEqual(2 + 8 * 6);
    expect(setsOf(orders).slice(0, 2)).toEqual([0, 127]);
  });

  it("give what adds up without an error", () => {
    const bill = leakBill(orders, (fixes) =>
      sizes.reduce((score, size, fix) => score - (isIn(fixes, fix) ? size : 0), 0.9),
    );
    for (const [at, size] of sizes.entries()) {
      expect(bill?.shares[at]).toBeCloseTo(size, 12);
      expect(bill?.errors[at]).toBeCloseTo(0, 12);
    }
    expect(bill?.orders).toEqual({ counted: 8, of: 5040 });
  });

  it("state how far off what does not may be, and still add up", () => {
    const scoreOf = (fixes: number) => 0.9 - 0.4 * (membersOf(fixes).length / 7) ** 2;
    const bill = leakBill(orders, scoreOf)!;
    const sum = bill.shares.reduce<number>((all, share) => all + (share ?? 0), bill.honest);
    expect(sum).toBeCloseTo(0.9, 12);
    for (const [at, share] of bill.shares.entries()) {
      expect(bill.errors[at]).toBeGreaterThan(0);
      // The true share of each is 0.4 / 7.
      expect(Math.abs((share ?? 0) - 0.4 / 7)).toBeLessThan(4 * (bill.errors[at] ?? 0));
    }
  });
});
