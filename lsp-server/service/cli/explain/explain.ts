import { parseArgs } from "node:util";
import { Failure } from "@lookback/kernel-bridge/failure.ts";
import { didYouMean } from "@lookback/language/features/read/constructors/did-you-mean.ts";
import { definitionsRule, knownRules, ruleIds } from "@lookback/language/leakage/known-rules.ts";
import { fixedExample } from "@lookback/language/leakage/pages/fixed-example.ts";
import { rulePage } from "@lookback/language/leakage/pages/rule-page.ts";
import type { RuleText } from "@lookback/language/leakage/rule.ts";
import { loadPython } from "../../files/load-python.ts";
import type { Command } from "../command.ts";

const help = `lookback explain [RULE] [--json]

What a rule of the leakage linter looks for, why, what to do instead, with examples, a fix, and how to allow it, as Markdown.
Without a rule: all of them, a line each.

Exit codes: 0 done, 2 usage or failure.
`;

/** `lookback explain`: the linter's rules in their own words. */
export const explain: Command = {
  help,
  async run(argv, io) {
    const { values, positionals } = parseArgs({
      args: [...argv],
      options: { json: { type: "boolean", default: false } },
      allowPositionals: true,
    });
    const [id, ...more] = positionals;
    if (more.length > 0) throw new Failure("explain/usage", "It takes one rule.", { advice: help });
    if (id === undefined) {
      io.out(values.json ? jsonOf(knownRules.map(summaryOf)) : list());
      return 0;
    }
    const rule = knownRules.find((known) => known.id === id);
    if (rule === undefined) {
      if (id !== definitionsRule) throw unknownRule(id);
      io.out(values.json ? jsonOf({ id, page: definitionsPage }) : definitionsPage);
      return 0;
    }
    const page = rulePage(rule, fixedExample(await loadPython(), rule));
    io.out(values.json ? jsonOf({ ...summaryOf(rule), page }) : page);
    return 0;
  },
};

function list(): string {
  const width = Math.max(...ruleIds.map((id) => id.length));
  const lines = knownRules.map(
    ({ id, tier, severity, title }) =>
      `${id.padEnd(width)}  ${tier.padEnd(5)}  ${severity.padEnd(11)}  ${title}\n`,
  );
  return `${lines.join("")}${definitionsRule.padEnd(width)}  ${" ".repeat(18)}  Feature definitions that no join can be made of\n`;
}

function summaryOf({ id, kind, tier, severity, title }: RuleText) {
  return { id, kind, tier, severity, title };
}

function jsonOf(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function unknownRule(id: string): Failure {
  return new Failure(
    "explain/no-such-rule",
    `There is no rule called ${JSON.stringify(id)}.${didYouMean(id, ruleIds)}`,
    {
      advice: "`lookback explain` lists them.",
    },
  );
}

const definitionsPage = `# Feature definitions that no join can be made of

\`${definitionsRule}\`: an entity, a source, a view or a training set that names what is not there, or that is not understood. The join is
refused, with the place and the reason, which the finding says; its code begins with \`features/\` or \`join/\`.

In \`lookback.toml\` it is \`on\` or \`off\`, as a whole; the join is refused all the same.
`;
