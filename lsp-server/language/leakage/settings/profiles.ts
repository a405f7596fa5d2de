import type { Severity } from "../finding.ts";
import type { Tier } from "../rule.ts";

/** What a person wants to hear, as a whole. A rule that is named by itself is heard whatever the profile, as much of it as it was asked for. */
export interface Profile {
  readonly name: "quiet" | "default" | "strict" | "competition";
  /** One line for whoever chooses. */
  readonly about: string;
  readonly tiers: readonly Tier[];
  /** What is less than this is counted, not shown. */
  readonly least: Severity;
  /** What was learned from the training and test rows of one task together, answers aside, is said in passing. */
  readonly isTransductive: boolean;
}

/** Every profile, by its name. */
export const profiles: Readonly<Record<Profile["name"], Profile>> = {
  quiet: {
    name: "quiet",
    about: "errors only; rules that rest on what columns are called are off",
    tiers: ["core"],
    least: "error",
    isTransductive: false,
  },
  default: {
    name: "default",
    about: "every rule but those of habits that are no fault for everybody",
    tiers: ["core", "named"],
    least: "information",
    isTransductive: false,
  },
  strict: {
    name: "strict",
    about: "every rule",
    tiers: ["core", "named", "extra"],
    least: "information",
    isTransductive: false,
  },
  competition: {
    name: "competition",
    about:
      "as default; statistics of training and test rows of one task together are information: the test rows are all at hand, and have no answers",
    tiers: ["core", "named"],
    least: "information",
    isTransductive: true,
  },
};
