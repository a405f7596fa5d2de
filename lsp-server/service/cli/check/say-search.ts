import { counted } from "@lookback/kernel-bridge/counted.ts";
import type { Report } from "./checked-file.ts";
import type { PassedOver } from "./find-files.ts";

/** Whether a search left out what may be the project's own: it met a link that it did not follow, or no file at all. */
export function isSearchShort({ files, passedOver }: Pick<Report, "files" | "passedOver">): boolean {
  return files.length === 0 || passedOver.some(({ kind }) => kind === "link");
}

/** What a search of folders did not look at, a line each; and that it found nothing to look at, where it did not. */
export function searchLines({ files, passedOver }: Pick<Report, "files" | "passedOver">): string[] {
  return [
    ...passedOver.map(lineOf),
    ...(files.length === 0
      ? ["not read: There is no notebook or script here. There is no answer about anything."]
      : []),
  ];
}

/** The same in a sentence; null when all was searched. */
export function saySearch({ passedOver }: Pick<Report, "passedOver">): string | null {
  const count = (kind: PassedOver["kind"]) => passedOver.filter((one) => one.kind === kind).length;
  const [environments, links] = [count("environment"), count("link")];
  const sentences = [
    ...(environments === 0
      ? []
      : [`${counted(environments, "environment")} ${environments === 1 ? "was" : "were"} not searched.`]),
    ...(links === 0
      ? []
      : [`${counted(links, "linked folder")} ${links === 1 ? "was" : "were"} not followed.`]),
  ];
  return sentences.length === 0 ? null : sentences.join(" ");
}

function lineOf({ path, kind, sign }: PassedOver): string {
  return kind === "link"
    ? `${path}: not read: It is a link to ${sign}, and links to folders are not followed. There is no answer about what is in it. [search/link]`
    : `${path}: not searched: It is an environment, which ${sign} says. [search/environment]`;
}
