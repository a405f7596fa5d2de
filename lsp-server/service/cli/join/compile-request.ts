import { isAbsolute, resolve } from "node:path";
import { Failure } from "@lookback/kernel-bridge/failure.ts";
import type { Definitions } from "@lookback/language/features/model.ts";
import { definitionsDigest } from "@lookback/language/join/resolve/definitions-digest.ts";
import { compileTrainingSet } from "@lookback/language/join/steps/compile-training-set.ts";
import { fileRelation } from "@lookback/language/join/steps/file-relation.ts";
import { loadTrainingSet } from "../../server/load-training-set.ts";

/**
 * Answers the Python SDK: `{"definitions", "trainingSet", "root"}` as JSON in, the training join's SQL out, with paths
 * made absolute from `root`. Reads the files' columns, not their rows.
 */
export async function compileRequest(
  text: string,
): Promise<{ readonly sql: string; readonly digest: string }> {
  const { definitions, trainingSet, root } = parse(text);
  const { set } = await loadTrainingSet(definitions, trainingSet, root);
  const sql = compileTrainingSet(set, (source) => fileRelation(resolve(root, source.path)));
  return { sql, digest: definitionsDigest(definitions, trainingSet) };
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
  return { definitions, trainingSet: value.trainingSet, root: value.root };
}

function isDefinitions(value: unknown): value is Definitions {
  const lists = ["entities", "sources", "views", "trainingSets"];
  return isRecord(value) && lists.every((key) => Array.isArray(value[key]) && value[key].every(isRecord));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
