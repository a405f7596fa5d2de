import { counted } from "@lookback/kernel-bridge/counted.ts";
import { readRelease } from "@lookback/pipeline/plan/read-release.ts";
import { type Gate, passed } from "./gate.ts";

/** The release as it lies on the disk is read once more, each file by its SHA-256. */
export const filesValidate: Gate = {
  id: "files-validate",
  title: "Files validate",
  async run(candidate) {
    const { dir } = await candidate.staged();
    const { plan } = await readRelease(dir);
    return passed(`${counted(plan.files.length, "file")}, each with its SHA-256 in pipeline.json`);
  },
};
