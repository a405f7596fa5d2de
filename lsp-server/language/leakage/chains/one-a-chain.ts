import { enumerated } from "../enumerated.ts";
import { placeKey } from "../facts/values/learn.ts";
import type { Finding, Step } from "../finding.ts";
import { distinct } from "../rule.ts";
import type { Link } from "./chain.ts";

/** A finding as it is shown: alone, or for all steps of a chain. */
export interface Entry extends Finding {
  /** The findings it stands for, the first step first; itself where it stands alone. */
  readonly steps: readonly [Finding, ...Finding[]];
}

/**
 * The findings with each chain as one, where its first step stands: it names all steps that are left of it, and its path begins with each
 * of them. It counts as its gravest step does.
 */
export function oneAChain(findings: readonly Finding[]): Entry[] {
  const chains = new Map<string, [Finding, ...Finding[]]>();
  for (const finding of findings) {
    if (finding.link === null) continue;
    const chain = chains.get(finding.link.chain);
    if (chain) chain.push(finding);
    else chains.set(finding.link.chain, [finding]);
  }
  return findings.flatMap((finding): Entry[] => {
    const steps = finding.link === null ? undefined : chains.get(finding.link.chain);
    if (steps === undefined || steps.length === 1) return [{ ...finding, steps: [finding] }];
    return steps[0] === finding ? [entryOf(steps)] : [];
  });
}

function entryOf(steps: readonly [Finding, ...Finding[]]): Entry {
  const [first] = steps;
  const links = steps.flatMap(({ link }) => link ?? []);
  const grave = steps.reduce((a, b) => (weights[b.severity] > weights[a.severity] ? b : a));
  const path = distinct(steps.flatMap((step) => step.path));
  return {
    ...first,
    severity: grave.severity,
    why: grave.why,
    instead: grave.instead,
    title: titleOf(links),
    message: messageOf(links),
    path: roles.flatMap((role) => path.filter((one) => one.role === role)),
    plan: () => steps.flatMap((step) => step.plan()),
    isPlanned: (isMeant) => steps.some((step) => step.isPlanned(isMeant)),
    obstacles: () => [...new Set(steps.flatMap((step) => step.obstacles()))],
    steps,
  };
}

const weights: Readonly<Record<Finding["severity"], number>> = { information: 0, warning: 1, error: 2 };

const roles: readonly Step["role"][] = ["source", "split", "fit", "evaluate"];

/** "The imputer, the scaler and the PCA have seen the test rows". */
function titleOf(links: readonly Link[]): string {
  const counts = new Map<string, number>();
  for (const { label } of links) counts.set(nounOf(label), (counts.get(nounOf(label)) ?? 0) + 1);
  const nouns = [...counts].map(([noun, count]) => `the ${noun}${count === 1 ? "" : ` (${count} times)`}`);
  const text = `${enumerated(nouns)} ${nouns.length === 1 ? "has" : "have"} seen ${links[0]?.seen}`;
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}

/** What a class or function is, as people say it: its name where it is its own word for it. */
function nounOf(label: string): string {
  const [kind] = /(?:Imputer|Scaler|Encoder|Vectorizer|Normalizer|Discretizer)$/.exec(label) ?? [];
  if (kind) return kind.toLowerCase();
  return /^(Select|RFE|VarianceThreshold)/.test(label) ? "selector" : label;
}

function messageOf(links: readonly Link[]): string {
  const [first] = links;
  const isOfSame = links.every(({ from }) => from === first?.from);
  const whats = [...new Set(links.map(({ among, from }) => (isOfSame ? among : `${among} from ${from}`)))];
  const times = whats.length > 1 ? "" : ` ${links.length} times`;
  const isInTurn = links.slice(1).every(({ behind }, at) => {
    const before = links[at];
    return before !== undefined && behind.has(placeKey(before));
  });
  const inTurn = isInTurn ? " one after the other" : "";
  const all = isOfSame
    ? `${enumerated(whats, "preparations")} ${times === "" ? "were" : "was"} computed${times}${inTurn} from ${first?.from}`
    : `${first?.among} was computed from ${first?.from}, then ${whats.slice(1).join(", then ")}`;
  return `${all}, and ${first?.outcome}.`;
}
