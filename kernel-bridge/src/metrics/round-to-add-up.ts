/** The values at so many digits, rounded so that they add up to the rounded total: those that lose or win most by it are rounded the other way. */
export function roundToAddUp(values: readonly number[], total: number, digits: number): number[] {
  const unit = 10 ** digits;
  const rounded = values.map((value) => Math.round(value * unit));
  const off = Math.round(total * unit) - rounded.reduce((sum, value) => sum + value, 0);
  const step = Math.sign(off);
  const byLoss = values
    .map((value, at) => ({ at, loss: (value * unit - rounded[at]!) * step }))
    .sort((a, b) => b.loss - a.loss || a.at - b.at);
  for (const { at } of byLoss.slice(0, Math.abs(off))) rounded[at]! += step;
  // A zero has no sign.
  return rounded.map((value) => value / unit + 0);
}
