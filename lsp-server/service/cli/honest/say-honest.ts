import { counted } from "@lookback/kernel-bridge/counted.ts";
import { foundText } from "@lookback/kernel-bridge/metrics/leak-words.ts";
import { metricDirection, metricTitle } from "@lookback/kernel-bridge/metrics/metric-words.ts";
import { roundToAddUp } from "@lookback/kernel-bridge/metrics/round-to-add-up.ts";
import { scoreDigits } from "@lookback/kernel-bridge/metrics/score-digits.ts";
import type { BilledPart, HonestReport, SaidFinding } from "@lookback/protocol/honest.ts";
import { inColumns } from "../runs/in-columns.ts";

/** A report as people read it: the scores first, then the bill, then all that it does not speak of. */
export function sayHonest(report: HonestReport): string {
  const { score, unfixed, gone, mentions, apart, copies, notRead, remarks } = report;
  const lines = [
    ...(score === null ? [nothingRan(report)] : scoreLines(report, score)),
    ...unfixed.map(
      (finding) =>
        `still there  ${sayFinding(finding)}: no fix of it holds${score !== null && finding.reaches === null ? ", and whether the score rests on it is not known" : ""}`,
    ),
    ...gone.map((finding) => `gone too     ${sayFinding(finding)}: by the fixes of others`),
    ...mentions.map((finding) => `left over    ${sayFinding(finding)}: of a fixed leak, as information`),
    ...apart.map((finding) => `elsewhere    ${sayFinding(finding)}: this score does not rest on it`),
    ...copies.flatMap(({ fixed, why }) =>
      why === null ? [] : [`not known    the score with ${sayFixed(report, fixed)} fixed: ${why}`],
    ),
    ...(notRead === null ? [] : [`not read     ${notRead}: nothing is said of that.`]),
    ...remarks,
    "Your notebook is untouched.",
  ];
  return `${lines.join("\n")}\n`;
}

function nothingRan({ unfixed, found, notRead }: HonestReport): string {
  if (unfixed.length > 0)
    return `${foundText(found)}, and no fix that holds: nothing ran, and the honest score is not known.`;
  return `${foundText({ ...found, leaks: 0 })}${notRead === null ? "" : " in what was read"}: nothing ran.`;
}

function scoreLines(report: HonestReport, score: NonNullable<HonestReport["score"]>): string[] {
  const { bill, parts, chance, kernels, durationMs, unfixed } = report;
  const digits = scoreDigits(score.asWritten, score.honest ?? 0, bill?.fixed ?? 0);
  const figure = (value: number) => value.toFixed(digits);
  const label = unfixed.length === 0 ? "honest" : "with what can be fixed";
  const honest = score.honest === null ? `${label} not known` : `${figure(score.honest)} ${label}`;
  const seconds = Math.round(durationMs / 1000);
  return [
    `${metricTitle(score.name)} ${figure(score.asWritten)} as written, ${honest} (cell ${score.cell}; ${counted(kernels, "kernel")}, ${counted(seconds, "second")})`,
    ...(bill === null ? [] : billLines(parts, bill, score, { label, digits })),
    ...(bill !== null
      ? []
      : parts.length === 0
        ? [
            `No leak that ${unfixed.length === 0 ? "was found" : "can be fixed"} reaches this score: nothing was fixed.`,
          ]
        : ["The shares are not known: too little ran."]),
    chance === null || chance.spread === 0
      ? `Run twice, the notebook as it is gave the same score.`
      : `Run twice, the notebook as it is differed by ${figure(chance.spread)}: shares of no more than that may be chance.`,
  ];
}

function billLines(
  parts: readonly BilledPart[],
  { fixed, orders }: NonNullable<HonestReport["bill"]>,
  { name, asWritten }: Pick<NonNullable<HonestReport["score"]>, "name" | "asWritten">,
  { label, digits }: { readonly label: string; readonly digits: number },
): string[] {
  const billed = parts.filter(({ share }) => share !== null);
  const isOfAll = billed.length === parts.length;
  const [base = 0, ...shares] = roundToAddUp(
    [fixed, ...billed.map(({ share }) => share ?? 0)],
    asWritten,
    digits,
  );
  const sum = shares
    .map((share, at) => {
      const rule = billed[at]?.findings[0]?.rule ?? "";
      return ` ${share < 0 ? "−" : "+"} ${Math.abs(share).toFixed(digits)} ${rule}`;
    })
    .join("");
  const ran = orders.counted === orders.of ? "every order" : `${orders.counted} of ${orders.of} orders`;
  return [
    `${asWritten.toFixed(digits)} = ${base.toFixed(digits)} ${isOfAll ? label : "with these fixed"}${sum}, averaged over ${ran} of the fixes`,
    ...inColumns(
      billed.flatMap(({ findings, error, isWithinChance }, at) =>
        findings.map((finding, each) => [
          each === 0 ? `  ${signed(shares[at] ?? 0, digits)}` : "   with it",
          each === 0 && error !== null ? `±${error.toFixed(digits)}` : "",
          `cell ${finding.cell}, line ${finding.line}`,
          finding.rule,
          `${finding.title}${each === 0 ? sayShare(name, shares[at] ?? 0, isWithinChance) : ""}`,
          `${finding.fix.title}${finding.fix.kind === "suggestion" ? " (changes more than the leak)" : ""}`,
        ]),
      ),
    ),
  ];
}

/** What a figure alone does not say of a share. */
function sayShare(name: string, share: number, isWithinChance: boolean): string {
  const direction = metricDirection(name);
  const isAgainst = share !== 0 && direction !== "unknown" && share > 0 !== (direction === "higher");
  const words = [
    ...(isAgainst ? ["made the score look worse"] : []),
    ...(isWithinChance ? ["within chance"] : []),
  ];
  return words.length === 0 ? "" : ` (${words.join(", ")})`;
}

function signed(share: number, digits: number): string {
  return `${share < 0 ? "−" : "+"}${Math.abs(share).toFixed(digits)}`;
}

function sayFixed({ parts }: HonestReport, fixed: readonly number[]): string {
  const names = fixed.map((part) => {
    const [first] = parts[part]!.findings;
    return `${first!.rule} in cell ${first!.cell}`;
  });
  return names.length === 0 ? "nothing" : names.join(" and ");
}

function sayFinding({ cell, line, rule, title }: SaidFinding): string {
  return `cell ${cell}, line ${line}: ${title} [${rule}]`;
}
