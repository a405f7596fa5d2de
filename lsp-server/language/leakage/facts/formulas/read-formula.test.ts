import { expect, test } from "vitest";
import { readFormula } from "./read-formula.ts";

/** `target ~ inputs`, each as its name and the columns it is of. */
function said(text: string): string | null {
  const formula = readFormula(text);
  if (formula === null) return null;
  const terms = formula.inputs.map(({ name, columns }) => `${name}<${columns.join()}>`);
  return `${formula.target?.name ?? ""} ~ ${terms.join(" ")}`;
}

test.each([
  ["price ~ area + rooms", "price ~ area<area> rooms<rooms>"],
  ["price~area*rooms:kind-1", "price ~ area<area> rooms<rooms> kind<kind>"],
  ["price ~ (area + rooms)**2 - area", "price ~ area<area> rooms<rooms>"],
  ["np.log(price) ~ np.log(area) + I(area ** 2)", "np.log(price) ~ np.log(area)<area> I(area ** 2)<area>"],
  ["price ~ C(kind, Treatment(reference='b'))", "price ~ kind<kind>"],
  ["price ~ C(kind) + Q('floor area')", "price ~ kind<kind> floor area<floor area>"],
  ["price ~ bs(area, df=4) + np.pi", "price ~ bs(area, df=4)<area>"],
  ["price ~ x.shift(1) + f(area - rooms)", "price ~ f(area - rooms)<area,rooms>"],
  ["price ~ 1", "price ~ "],
  ["area + rooms", " ~ area<area> rooms<rooms>"],
  ["price + tax ~ area", null],
  ["price ~ area + [tax ~ rooms]", null],
  ["price ~ (area", null],
  ["", " ~ "],
])("%s", (text, expected) => {
  expect(said(text)).toBe(expected);
});
