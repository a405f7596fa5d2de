import { countText } from "../panels/kit/quantity.ts";

/** What the status bar says of the text of the notebook in front. */
export interface LintWords {
  /** Empty: no leak was found, and all was read that may decide whether there is one. */
  readonly text: string;
  readonly tooltip: string;
  readonly mark: "◇" | "◐";
}

/** The words for so many leaks, and so many places that were not read: no silence over those. */
export function lintWords(leaks: number, unread: number): LintWords {
  const rest =
    unread === 0
      ? ""
      : ` ${countText(unread, "place")} ${unread === 1 ? "was" : "were"} not read: nothing is said of what happens there.`;
  if (leaks > 0) {
    const text = countText(leaks, "leak");
    return {
      text,
      tooltip: `What this notebook knows too early. Scores of such runs are not comparable.${rest}`,
      mark: "◇",
    };
  }
  return { text: unread === 0 ? "" : "not all read", tooltip: rest.trim(), mark: "◐" };
}
