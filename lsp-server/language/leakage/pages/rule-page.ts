import type { Fix } from "../finding.ts";
import { whyNoFixOf } from "../fixes/left-to-people.ts";
import type { Example, RuleText, Tier } from "../rule.ts";

/** An example of a rule with a fix made. */
export interface FixedExample {
  readonly title: string;
  readonly fix: Pick<Fix, "title" | "kind">;
  readonly code: string;
}

/** All that a rule says of itself, as Markdown: what, why, what instead, what it reports and what not, a fix, and how to allow it. */
export function rulePage(rule: RuleText, fixed: FixedExample | null): string {
  const { id, tier, severity, title, why, instead, source, examples } = rule;
  const shown = (heading: string, verdict: Example["verdict"]) => {
    const some = examples.filter((example) => example.verdict === verdict);
    return some.length === 0 ? [] : [`## ${heading}`, ...some.flatMap(exampleText)];
  };
  const parts = [
    `# ${title}`,
    `\`${id}\`: ${severity} at most; ${tiers[tier]}.`,
    why,
    `**Instead:** ${instead}`,
    ...shown("Reported", "bad"),
    ...(fixed === null ? unfixedText(id) : ["## With its fix", ...fixedText(fixed)]),
    ...shown("Said in passing", "note"),
    ...shown("Not reported", "good"),
    ...(rule.kind === "suppression" ? [] : ["## Where it is right", allowText(id)]),
    "## In a project where it is not wanted",
    `In \`lookback.toml\`, with \`off\`, \`information\`, \`warning\` or \`error\`:`,
    fenced("toml", `[lint.rules]\n${id} = "off"`),
    "## Source",
    `${source}.`,
  ];
  return `${parts.join("\n\n")}\n`;
}

const tiers: Readonly<Record<Tier, string>> = {
  core: "it rests on the flow of data",
  named: "it rests on what columns are called, and is a warning at most unless it is asked for by name",
  extra: "off by default: a habit that is no fault for everybody",
};

function exampleText({ title, code, says }: Example): string[] {
  return [`${capital(title)}:`, fenced("python", code), ...says.map((text) => `> ${text}`)];
}

function fixedText({ title, fix, code }: FixedExample): string[] {
  const careful = fix.kind === "automatic" ? "" : ", to be looked at before it is taken";
  return [`${capital(title)}, after *${fix.title}*${careful}:`, fenced("python", code)];
}

function unfixedText(id: string): string[] {
  const why = whyNoFixOf.get(id);
  return why === undefined ? [] : ["## Without a fix", `No change is written for it: ${why}.`];
}

function allowText(id: string): string {
  const comment = `# lookback: allow ${id} — the reason, which may go on\n# in the lines below`;
  return `${fenced("python", comment)}\n\nabove a statement, in it or behind it; \`allow-cell\` for its cell, \`allow-file\` for its notebook or script.`;
}

function fenced(language: string, code: string): string {
  return `\`\`\`${language}\n${code.trimEnd()}\n\`\`\``;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
