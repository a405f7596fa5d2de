import { isAbsolute, relative, resolve } from "node:path";
import { Failure } from "@lookback/kernel-bridge/failure.ts";
import { type Definitions, isUnknown } from "@lookback/language/features/model.ts";
import { joinDigest } from "@lookback/language/join/resolve/join-digest.ts";
import { compileTrainingSet } from "@lookback/language/join/steps/compile-training-set.ts";
import { fileRelation } from "@lookback/language/join/steps/file-relation.ts";
import { loadTrainingSet } from "../../files/load-training-set.ts";

/**
 * Answers the Python SDK: `{"definitions", "trainingSet", "root"}` as JSON in, the training join's SQL out, with paths
 * made absolute from `root`. Reads the files' columns, not their rows.
 */
export async function compileRequest(
  text: string,
): Promise<{ readonly sql: string; readonly digest: string }> {
  const { definitions, trainingSet, root } = parse(text);
  const { set, schemaOf } = await loadTrainingSet(definitions, trainingSet, root);
  const sql = compileTrainingSet(set, (source) =>
    fileRelation(resolve(root, source.path), schemaOf(source)?.csv),
  );
  return { sql, digest: joinDigest(set) };
}

function parse(text: string): { definitions: Definitions; trainingSet: string; root: string } {
  const refuse = (reason: string, cause?: unknown) =>
    new Failure("join/bad-request", `The request was not compiled: ${reason}`, {
      advice: "The kernel's lookback package and this server may be of different versions.",
      cause,
    });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw refuse("it is not JSON.", cause);
  }
  if (!isRecord(value) || typeof value.trainingSet !== "string" || typeof value.root !== "string") {
    throw refuse("it needs definitions, trainingSet and root.");
  }
  if (!isAbsolute(value.root)) throw refuse("root is not an absolute path.");
  const definitions = value.definitions;
  if (!isDefinitions(definitions))
    throw refuse("the definitions are not lists of entities, sources, views and training sets.");
  return { definitions: asStated(definitions, value.root), trainingSet: value.trainingSet, root: value.root };
}

/** Live definitions as text would state them: nothing in them is unknown, and their paths are relative to the root. */
function asStated(definitions: Definitions, root: string): Definitions {
  const whole = <D extends object>(all: readonly D[]) => all.map((each) => ({ ...each, doubts: [] }));
  const inside = (path: string) => {
    const found = relative(root, path);
    return isAbsolute(path) && !found.startsWith("..") && !isAbsolute(found)
      ? found.replaceAll("\\", "/")
      : path;
  };
  return {
    entities: whole(definitions.entities),
    sources: whole(definitions.sources).map((source) =>
      isUnknown(source.path) ? source : { ...source, path: inside(source.path) },
    ),
    views: whole(definitions.views).map((view) => ({ ...view, createdTime: view.createdTime ?? "bounds" })),
    trainingSets: whole(definitions.trainingSets),
    problems: [],
  };
}

function isDefinitions(value: unknown): value is Definitions {
  const lists = ["entities", "sources", "views", "trainingSets"];
  return isRecord(value) && lists.every((key) => Array.isArray(value[key]) && value[key].every(isRecord));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
