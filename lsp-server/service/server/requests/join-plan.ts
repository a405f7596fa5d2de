import { relative, resolve } from "node:path";
import { Failure } from "@lookback/kernel-bridge/failure.ts";
import { compilePreview } from "@lookback/language/join/preview/compile-preview.ts";
import { definitionsDigest } from "@lookback/language/join/resolve/definitions-digest.ts";
import { fileRelation } from "@lookback/language/join/steps/file-relation.ts";
import { handler } from "../handler.ts";
import { loadTrainingSet } from "../load-training-set.ts";
import { folderOf } from "../session.ts";

export const joinPlan = handler("lookback/join/plan", async (session, { uri, trainingSet, delays }) => {
  const snapshot = session.documents.snapshot(uri);
  if (snapshot === null) {
    throw new Failure("join/not-open", "The notebook is not open here. No join was compiled.", {
      advice: "Open it and try again.",
    });
  }
  const definitions = session.definitions(snapshot);
  const folder = folderOf(uri.startsWith("file:") ? uri : snapshot.uri);
  const delaysUs = Object.fromEntries(Object.entries(delays ?? {}).map(([view, ms]) => [view, ms * 1000]));
  const { set } = await loadTrainingSet(definitions, trainingSet, folder, delaysUs);
  return compilePreview(set, {
    pathOf: (source) => relative(session.world.root, resolve(folder, source.path)).replaceAll("\\", "/"),
    // The inserted cell runs in the notebook's folder, where the paths are as written.
    relationOf: (source) => fileRelation(source.path),
    digest: definitionsDigest(definitions, trainingSet),
  });
});
