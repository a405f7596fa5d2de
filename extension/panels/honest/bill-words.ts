import { roundToAddUp } from "@lookback/kernel-bridge/metrics/round-to-add-up.ts";
import { scoreDigits } from "@lookback/kernel-bridge/metrics/score-digits.ts";
import type { HonestReport, HonestScore } from "@lookback/protocol/honest.ts";
import { metricDirection } from "../kit/metric.ts";

/** A bill in figures that add up as they stand there: what is left, and the share of each part; null of parts without one. */
export interface BillFigures {
  readonly asWritten: number;
  readonly fixed: number;
  readonly shares: readonly (number | null)[];
  readonly digits: number;
}

/** Null where there is no bill. */
export function billFigures({ score, bill, parts }: HonestReport): BillFigures | null {
  if (score === null || bill === null) return null;
  const digits = reportDigits(score, bill);
  const billed = parts.flatMap(({ share }, at) => (share === null ? [] : [{ at, share }]));
  const [fixed = bill.fixed, ...shares] = roundToAddUp(
    [bill.fixed, ...billed.map(({ share }) => share)],
    score.asWritten,
    digits,
  );
  const shareOf = new Map(billed.map(({ at }, each) => [at, shares[each] ?? 0]));
  return {
    asWritten: Number(score.asWritten.toFixed(digits)),
    fixed,
    shares: parts.map((_, at) => shareOf.get(at) ?? null),
    digits,
  };
}

/** With how many decimals both scores and the shares are shown: one of them may be near zero. */
export function reportDigits(
  { asWritten, honest }: NonNullable<HonestReport["score"]>,
  bill: HonestReport["bill"],
): number {
  return scoreDigits(asWritten, honest ?? 0, bill?.fixed ?? 0);
}

/** `0.9609`, or `.9609` where a figure stands among others of its kind. */
export function figureText(value: number, digits: number, isShort = false): string {
  const text = Math.abs(value).toLocaleString(undefined, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  const shown = isShort ? text.replace(/^0(?=\D)/, "") : text;
  return value < 0 ? `−${shown}` : shown;
}

/** What a fix does to the score: `−.1739`, `+.0100`. */
export function changeText(share: number, digits: number): string {
  const size = figureText(Math.abs(share), digits, true);
  return share < 0 ? `+${size}` : `−${size}`;
}

/**
 * The score that stands beside the one as written, and what it is called: with every fix, or, where that is not known, with those of the bill, which
 * says how many they are.
 */
export function bestKnown(report: Pick<HonestReport, "score" | "bill" | "parts" | "unfixed">): {
  readonly label: string;
  readonly value: number | null;
} {
  const { score, bill, parts } = report;
  const value = score?.honest ?? null;
  if (value !== null || bill === null) return { label: honestLabel(report), value };
  const made = parts.filter(({ share }) => share !== null).length;
  return { label: `with ${made} of ${parts.length} fixes`, value: bill.fixed };
}

/** What the score without leaks may be called: where some are left in it, it is not honest. */
function honestLabel({ unfixed }: Pick<HonestReport, "unfixed">): string {
  return unfixed.length === 0 ? "honest" : "with what can be fixed";
}

/** What each part is called: its rule, and where several are of one rule the column that its finding names first, or its place. That stands first: a narrow bar has no room for all. */
export function partNames(parts: HonestReport["parts"]): string[] {
  const firsts = parts.map(({ findings }) => findings[0]);
  const isShared = (name: string, of: readonly string[]) => of.filter((one) => one === name).length > 1;
  const rules = firsts.map((first) => first?.rule ?? "");
  const columns = firsts.map((first, at) => {
    const column = /\bfor `([^`]+)`/.exec(first?.message ?? "")?.[1];
    return column === undefined ? "" : `${column}: ${rules[at]}`;
  });
  return firsts.map((first, at) => {
    const [rule = "", column = ""] = [rules[at], columns[at]];
    if (first === undefined || !isShared(rule, rules)) return rule;
    return column !== "" && !isShared(column, columns) ? column : `${first.cell}:${first.line} ${rule}`;
  });
}

/** Which way a share went: whether the leak made the score look better than it is, worse, or nobody can tell. */
export function toneOf(name: string, share: number): "flattered" | "hurt" | "unknown" | "nothing" {
  if (share === 0) return "nothing";
  const direction = metricDirection(name);
  if (direction === "unknown") return "unknown";
  return share > 0 === (direction === "higher") ? "flattered" : "hurt";
}

/** The same in words, where the sign of a share alone does not say it; null where there is nothing to say. */
export function againstText(name: string, share: number | null): string | null {
  return share !== null && toneOf(name, share) === "hurt" ? "made the score look worse" : null;
}

/**
 * How the score as written differs from what the same notebook came to when it last ran whole, in a sentence; null where it came out again, as far as it is
 * shown and as chance moves it, or nobody knows. Then what it is made of is not said.
 */
export function notReproduced({ report, run }: Pick<HonestScore, "report" | "run">): string | null {
  const { score, chance } = report;
  if (score === null || run === null || run.score === null) return null;
  const digits = scoreDigits(score.asWritten);
  const seen = Math.abs(score.asWritten - run.score);
  if (seen <= Math.max(chance?.spread ?? 0, 0.5 * 10 ** -digits)) return null;
  return `As written it came to ${figureText(score.asWritten, digits)} now, and to ${figureText(run.score, digits)} when it last ran whole: a score that does not come out again is not split among leaks.`;
}

/** How it was come by: `Each fix was made alone and in every order, and only the cells that the score rests on ran: 5 kernels`. */
export function howText({ bill, parts, unfixed, isSliced, kernels }: HonestReport): string {
  if (parts.length === 0)
    return `No leak that ${unfixed.length === 0 ? "was found" : "can be fixed"} reaches this score, and nothing was fixed: ${kernelsText(kernels)}`;
  const orders =
    bill === null
      ? "The fixes were made on copies"
      : parts.length === 1
        ? "The fix was made on a copy"
        : bill.orders.counted === bill.orders.of
          ? "Each fix was made alone and in every order"
          : `The fixes were made in ${bill.orders.counted} of ${bill.orders.of.toLocaleString()} orders`;
  const ran = isSliced ? "only the cells that the score rests on ran again" : "all cells ran each time";
  return `${orders}, and ${ran}: ${kernelsText(kernels)}`;
}

function kernelsText(kernels: number): string {
  return `${kernels} ${kernels === 1 ? "kernel" : "kernels"}`;
}
