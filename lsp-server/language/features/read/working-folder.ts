import type { DefinitionProblem, Place, Unknown } from "../model.ts";
import { notStatic } from "./problems.ts";
import { joinPaths } from "./values/path-text.ts";

/** What relative paths of data start from: the document's folder, until the text goes to another. */
export interface WorkingFolder {
  /** A path as seen from the document's folder; unknown where it is relative and the text does not tell from where. */
  seenFromDocument(path: string): string | Unknown;
  /** Relative to the document's folder; null when the text went elsewhere. */
  current(): string | null;
  /** Goes to a folder; null for one that the text does not tell. False when paths that were relative to the one before are lost. */
  moveTo(path: string | null, place: Place): boolean;
}

/** `fromDocument` gives an absolute path as seen from the document's folder, where it lies in the workspace. */
export function workingFolder(fromDocument: (path: string) => string): WorkingFolder {
  let folder = ".";
  let lost: DefinitionProblem | null = null;
  let isUsed = false;
  return {
    seenFromDocument(path) {
      if (path.startsWith("/")) return fromDocument(path);
      isUsed = true;
      return lost ? { unknown: lost } : fromDocument(joinPaths(folder, path));
    },
    current() {
      isUsed = true;
      return folder === "." && lost === null ? folder : null;
    },
    moveTo(path, place) {
      const before = folder;
      if (path !== null) folder = fromDocument(joinPaths(folder, path));
      else lost = notStatic(place, "What a relative path starts from", "the working folder is changed here");
      // From a folder that is not known only an absolute path leads to one that is.
      if (path?.startsWith("/")) lost = null;
      return !isUsed || (lost === null && folder === before);
    },
  };
}
