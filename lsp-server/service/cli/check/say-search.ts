import { counted } from "@lookback/kernel-bridge/counted.ts";
import type { Report } from "./checked-file.ts";
import type { PassedOver } from "./find-files.ts";

/** Whether a search left out what may be the project's own: it met a link that it did not follow, or no file at all. */
export function isSearchShort(report: Pick<Report, "files" | "passedOver">): boolean {
  return isNothingHere(report) || report.passedOver.some(({ kind }) => kind === "link");
}

/** What a search of folders did not look at, a line each; and that it found nothing to look at, where it did not. */
export function searchLines(report: Pick<Report, "files" | "passedOver">): string[] {
  return [
    ...report.passedOver.flatMap((one) => lineOf(one) ?? []),
    ...(isNothingHere(report)
      ? ["not read: There is no notebook or script here. There is no answer about anything."]
      : []),
  ];
}

/** The folders that could not be searched, each with what is said of it: a check that met one has failed. */
export function unsearched({ passedOver }: Pick<Report, "passedOver">): Unsearched[] {
  return passedOver.flatMap(({ path, kind, sign }) => {
    const error = `was not read: It is a folder that cannot be searched (${sign}). There is no answer about what is in it.`;
    return kind === "unreadable" ? [{ path, error }] : [];
  });
}

interface Unsearched {
  readonly path: string;
  readonly error: string;
}

/** What was not searched, in a sentence; null when all was. */
export function saySearch({ passedOver }: Pick<Report, "passedOver">): string | null {
  const count = (kind: PassedOver["kind"]) => passedOver.filter((one) => one.kind === kind).length;
  const [environments, links, unreadable] = [count("environment"), count("link"), count("unreadable")];
  const sentences = [
    ...(environments === 0
      ? []
      : [`${counted(environments, "environment")} ${environments === 1 ? "was" : "were"} not searched.`]),
    ...(links === 0
      ? []
      : [`${counted(links, "linked folder")} ${links === 1 ? "was" : "were"} not followed.`]),
    ...(unreadable === 0 ? [] : [`${counted(unreadable, "folder")} could not be searched.`]),
  ];
  return sentences.length === 0 ? null : sentences.join(" ");
}

/** Of what could not be searched nobody knows what it holds. */
function isNothingHere({ files, passedOver }: Pick<Report, "files" | "passedOver">): boolean {
  return files.length === 0 && unsearched({ passedOver }).length === 0;
}

function lineOf({ path, kind, sign }: PassedOver): string | null {
  if (kind === "unreadable") return null;
  return kind === "link"
    ? `${path}: not read: It is a link to ${sign}, and links to folders are not followed. There is no answer about what is in it. [search/link]`
    : `${path}: not searched: It is an environment, which ${sign} says. [search/environment]`;
}
