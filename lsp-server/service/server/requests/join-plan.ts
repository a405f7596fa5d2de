import { resolve } from "node:path";
import { Failure } from "@lookback/kernel-bridge/failure.ts";
import { compilePreview } from "@lookback/language/join/preview/compile-preview.ts";
import { joinDigest } from "@lookback/language/join/resolve/join-digest.ts";
import { fileRelation } from "@lookback/language/join/steps/file-relation.ts";
import { loadTrainingSet } from "../../files/load-training-set.ts";
import { handler } from "../handler.ts";

export const joinPlan = handler("lookback/join/plan", async (session, { uri, trainingSet, delays }) => {
  const snapshot = session.documents.snapshot(uri);
  if (snapshot === null) {
    throw new Failure("join/not-open", "The notebook is not open here. No join was compiled.", {
      advice: "Open it and try again.",
    });
  }
  const definitions = session.definitions(snapshot);
  const folder = session.directoryOf(snapshot);
  if (folder === null) {
    throw new Failure(
      "join/no-folder",
      "This notebook was never saved and no folder is open, so its data files cannot be found. No join was compiled.",
      { advice: "Save the notebook and try again." },
    );
  }
  const delaysUs = Object.fromEntries(Object.entries(delays ?? {}).map(([view, ms]) => [view, ms * 1000]));
  const { set, schemaOf } = await loadTrainingSet(definitions, trainingSet, folder, delaysUs);
  return compilePreview(set, {
    pathOf: (source) => session.folders.named(resolve(folder, source.path)),
    // The inserted cell runs in the notebook's folder, where the paths are as written.
    relationOf: (source) => fileRelation(source.path, schemaOf(source)?.csv),
    digest: joinDigest(set),
  });
});
