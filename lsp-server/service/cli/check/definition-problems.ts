import { dirname } from "node:path";
import { mayBeJoined } from "@lookback/language/features/may-be-joined.ts";
import type { DefinitionProblem, Definitions } from "@lookback/language/features/model.ts";
import { definitionModules } from "@lookback/language/features/read/constructors/construct.ts";
import { readDefinitions } from "@lookback/language/features/read/read-definitions.ts";
import { sayPlace } from "@lookback/language/features/read/say-place.ts";
import type { SchemaOf } from "@lookback/language/join/resolve/column-schema.ts";
import { resolveTrainingSet } from "@lookback/language/join/resolve/resolve-training-set.ts";
import type { JoinProblem } from "@lookback/language/join/resolve/resolved-training-set.ts";
import type { Notebook, Range } from "@lookback/language/notebook/notebook.ts";
import type { Python } from "@lookback/language/notebook/python.ts";
import { describeSources } from "../../files/describe-sources.ts";
import { readModules } from "../../files/read-modules.ts";
import { workspaceRoot } from "../../files/workspace-root.ts";

/** What is wrong with the feature definitions of a file, where it stands there. */
export interface LocatedProblem {
  readonly code: string;
  readonly severity: "error" | "warning";
  readonly message: string;
  readonly cellId: string;
  readonly range: Range;
}

/**
 * Why the training sets that a file defines would be refused, and what else is wrong with its definitions; each once. What
 * stands in a module that it imports is reported at the training set that rests on it, and names its place. Where the data
 * files can be read their columns and declared types count, as in a join.
 */
export async function definitionProblems(
  notebook: Notebook,
  python: Python,
  path: string,
  cwd: string,
): Promise<readonly LocatedProblem[]> {
  if (!mentionsDefinitions(notebook)) return [];
  const alone = readDefinitions(notebook, python);
  if (alone.trainingSets.length + alone.views.length + alone.sources.length + alone.problems.length === 0) {
    return [];
  }
  const root = await workspaceRoot(dirname(path), cwd);
  const definitions = readDefinitions([...(await readModules(notebook, root)), notebook], python, root);
  const sets = definitions.trainingSets.filter(({ place }) => place.cellId !== null);
  const files = sets.length > 0 ? await describeSources(definitions, dirname(path)) : () => null;
  const found = [
    ...sets.flatMap((set) =>
      mayBeJoined(definitions, set.name).problems.map((problem) => located(problem, set.place)),
    ),
    ...sets.flatMap((set) =>
      fileProblems(definitions, set.name, files).map(({ code, message, place }) =>
        located({ code, message, severity: "error", place: place ?? set.place }, set.place),
      ),
    ),
    ...definitions.problems
      .filter(({ severity, place }) => severity !== "hint" && place.cellId !== null)
      .map((problem) => located(problem, problem.place)),
  ];
  const placed = found.filter((problem) => problem !== null);
  return [...new Map(placed.map((problem) => [sameness(problem), problem])).values()];
}

/** Most notebooks define nothing: whoever defines something has its class from one of these modules, and reading takes as long as looking for leaks. */
function mentionsDefinitions({ cells }: Notebook): boolean {
  return cells.some(({ source }) => definitionModules.some((name) => source.includes(name)));
}

/** What the data files say against a training set, as a join finds it; files that are not on this machine say nothing. */
function fileProblems(definitions: Definitions, name: string, files: SchemaOf): readonly JoinProblem[] {
  if (!mayBeJoined(definitions, name).definitions) return [];
  const { problems } = resolveTrainingSet(definitions, name, files);
  // A name that nothing defines is an error of the text already, unless something was not read.
  const named = definitions.problems.some(
    ({ code, severity }) => severity === "error" && /unknown-(view|feature)|bad-reference/.test(code),
  );
  return problems.filter(({ code }) => code !== "join/no-file" && !(named && code === "join/no-feature"));
}

/** What keeps a training set from being joined is an error, however it is shown while it is typed. */
function located(
  { code, message, severity, place }: DefinitionProblem,
  fallback: DefinitionProblem["place"],
): LocatedProblem | null {
  const at = place.cellId === null ? fallback : place;
  if (at.cellId === null) return null;
  return {
    code,
    severity: severity === "warning" ? "warning" : "error",
    message: place.cellId === null ? `${message} (${sayPlace(place)})` : message,
    cellId: at.cellId,
    range: { start: at.start, end: at.end },
  };
}

function sameness({ code, message, cellId, range }: LocatedProblem): string {
  return JSON.stringify([code, message, cellId, range]);
}
