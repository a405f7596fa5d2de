import { didYouMean, nearestWord } from "../../features/read/constructors/did-you-mean.ts";
import type { Coverage } from "../../notebook/coverage.ts";
import { isUpTo, type Range } from "../../notebook/notebook.ts";
import type { Finding, Fix } from "../finding.ts";
import type { RuleText } from "../rule.ts";
import { rules } from "../rules/rules.ts";
import { isOn, severityOf } from "../settings/judge.ts";
import type { Settings } from "../settings/settings.ts";
import { allowWithoutReason } from "./allow-without-reason.ts";
import type { Allowance } from "./allowance.ts";
import { misspeltAllowance } from "./misspelt-allowance.ts";
import { unusedAllowance } from "./unused-allowance.ts";
import { withoutAllowance } from "./without-allowance.ts";

/** An allowance, and the cell that it stands in. */
export interface PlacedAllowance extends Allowance {
  readonly cellId: string;
}

/**
 * The findings that remain once the allowances are heard, the narrowest first; and what is wrong with these.
 *
 * One without a reason, or for a rule that does not exist, allows nothing and is a finding itself. One that allows nothing that is
 * found is said where everything was read, and its rule is looked for.
 */
export function applyAllowances(
  findings: readonly Finding[],
  allowances: readonly PlacedAllowance[],
  { coverage, settings }: { readonly coverage: Coverage; readonly settings: Settings },
): { readonly findings: readonly Finding[]; readonly allowed: readonly Finding[] } {
  const written = allowances.filter(({ misspelt }) => misspelt === null);
  const heard = written.filter(({ reason }) => reason !== "");
  const used = new Map<PlacedAllowance, Set<string>>();
  const isAllowed = (finding: Finding): boolean => {
    const found = narrowestFirst.map((scope) =>
      heard.find((one) => one.scope === scope && speaksFor(one, finding)),
    );
    const by = found.find((one) => one !== undefined);
    if (by === undefined) return false;
    used.set(by, (used.get(by) ?? new Set()).add(finding.rule));
    return true;
  };
  const allowed = findings.filter(isAllowed);
  const isAllRead = coverage.gaps.every(({ weight }) => weight === "foreign");
  return {
    findings: [
      ...findings.filter((finding) => !allowed.includes(finding)),
      ...(isOn(settings, allowWithoutReason) ? written.flatMap((one) => faultsOf(one, settings)) : []),
      ...(isOn(settings, misspeltAllowance) ? allowances.flatMap((one) => misspeltOf(one, settings)) : []),
      ...(isAllRead && isOn(settings, unusedAllowance)
        ? heard.flatMap((one) => unusedOf(one, used.get(one) ?? new Set(), settings))
        : []),
    ],
    allowed,
  };
}

const narrowestFirst = ["statement", "cell", "file"] as const;

function speaksFor({ scope, rules, cellId, lines, within }: PlacedAllowance, finding: Finding): boolean {
  if (!rules.some(({ id }) => id === finding.rule)) return false;
  if (scope === "file") return true;
  if (cellId !== finding.cellId) return false;
  if (scope === "cell") return true;
  return within === null
    ? finding.range.start.line <= lines.to && finding.range.end.line >= lines.from
    : isUpTo(within.start, finding.range.start) && isUpTo(finding.range.end, within.end);
}

const allowable: ReadonlyMap<string, RuleText> = new Map(rules.map((rule) => [rule.id, rule]));

function faultsOf(allowance: PlacedAllowance, settings: Settings): Finding[] {
  const { rules: asked, reason, range } = allowance;
  const known = asked.filter(({ id }) => allowable.has(id));
  const unknown = asked
    .filter(({ id }) => !allowable.has(id))
    .map(({ id, range }) =>
      faultOf(allowWithoutReason, allowance, range, settings, {
        message: `There is no rule called \`${id}\`, so nothing is allowed by that name.${didYouMean(id, allowable.keys())}`,
      }),
    );
  if (asked.length === 0)
    return [
      faultOf(allowWithoutReason, allowance, range, settings, {
        message: "This comment names no rule, so it allows nothing.",
      }),
    ];
  if (reason !== "" || known.length === 0) return unknown;
  const names = known.map(({ id }) => `\`${id}\``).join(", ");
  const message = `This comment gives no reason, so ${names} ${known.length === 1 ? "is" : "are"} still reported.`;
  return [...unknown, faultOf(allowWithoutReason, allowance, range, settings, { message })];
}

/** One that is not written as an allowance is, and names a rule: else it speaks of something else. */
function misspeltOf(allowance: PlacedAllowance, settings: Settings): Finding[] {
  const { misspelt, rules: asked, range, cellId } = allowance;
  const meant = asked.map(({ id }) => nearestWord(id.replaceAll("_", "-"), allowable.keys()));
  const [first] = asked;
  if (misspelt === null || first === undefined || meant[0] === null) return [];
  const names = meant.map((name, at) => name ?? asked[at]?.id ?? "").join(", ");
  const begin = { start: misspelt.range.start, end: first.range.end };
  const fix: Fix = {
    title: `Begin it \`${misspelt.meant}${meant[0]}\``,
    kind: "suggestion",
    edits: [
      { cellId, range: begin, newText: `${misspelt.meant}${meant[0]}` },
      ...(misspelt.closing ? [{ cellId, range: misspelt.closing, newText: "" }] : []),
    ],
  };
  const message = `This comment allows nothing: an allowance begins \`${misspelt.meant}${names}\`.`;
  return [faultOf(misspeltAllowance, allowance, range, settings, { message, fixes: [fix] })];
}

function unusedOf(allowance: PlacedAllowance, used: ReadonlySet<string>, settings: Settings): Finding[] {
  const unused = allowance.rules.filter(({ id }) => {
    const rule = allowable.get(id);
    return rule !== undefined && !used.has(id) && isOn(settings, rule);
  });
  const where = { statement: "here", cell: "in this cell", file: "in this file" }[allowance.scope];
  return unused.map((rule) => {
    const fix: Fix = {
      title: allowance.rules.length === 1 ? "Remove the comment" : `Remove ${rule.id} from the comment`,
      kind: "automatic",
      edits: [{ cellId: allowance.cellId, range: withoutAllowance(allowance, rule), newText: "" }],
    };
    const message = `\`${rule.id}\` finds nothing ${where} that would have to be allowed.`;
    return faultOf(unusedAllowance, allowance, rule.range, settings, { message, fixes: [fix] });
  });
}

function faultOf(
  rule: RuleText,
  { cellId }: PlacedAllowance,
  range: Range,
  settings: Settings,
  { message, fixes = [] }: { readonly message: string; readonly fixes?: readonly Fix[] },
): Finding {
  const { id, kind, title, why, instead } = rule;
  const severity = severityOf(settings, rule, rule.severity);
  return {
    rule: id,
    kind,
    severity,
    title,
    message,
    why,
    instead,
    cellId,
    range,
    path: [],
    link: null,
    plan: () => fixes,
    isPlanned: (isMeant = () => true) => fixes.some(isMeant),
    obstacles: () => (fixes.length > 0 ? [] : ["what was meant, only the one who wrote it knows"]),
    measurement: () => null,
  };
}
