import { countText } from "../panels/kit/quantity.ts";

/** What the status bar says of the text of the notebook in front. */
export interface LintWords {
  /** Empty: no leak was found, all was read that may decide whether there is one, and everything was looked for. */
  readonly text: string;
  readonly tooltip: string;
  readonly mark: "◇" | "◐";
}

/** The words for so many leaks, so many places that were not read, and what the settings leave out: no silence over those. */
export function lintWords(leaks: number, unread: number, leftOut: readonly string[]): LintWords {
  const notRead =
    unread === 0
      ? []
      : [
          `${countText(unread, "place")} ${unread === 1 ? "was" : "were"} not read: nothing is said of what happens there.`,
        ];
  const rest = [...notRead, ...leftOut].join(" ");
  if (leaks > 0) {
    const text = countText(leaks, "leak");
    return {
      text,
      tooltip: `What this notebook knows too early. Scores of such runs are not comparable.${rest === "" ? "" : ` ${rest}`}`,
      mark: "◇",
    };
  }
  const text = unread > 0 ? "not all read" : leftOut.length > 0 ? "not all looked for" : "";
  return { text, tooltip: rest, mark: "◐" };
}
