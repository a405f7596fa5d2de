import { basename } from "node:path";
import { Failure } from "@lookback/kernel-bridge/failure.ts";

/** A notebook's name as a release has it: lower-case letters, digits and dashes, 63 at most; `notebook` when nothing of it is left. */
export function releaseName(notebook: string): string {
  const stem = basename(notebook).replace(/\.ipynb$/, "");
  const dashed = stem.toLowerCase().replace(/[^a-z0-9]+/g, "-");
  return dashed.replace(/^-/, "").slice(0, 63).replace(/-$/, "") || "notebook";
}

/**
 * Refuses a name or a version that could not be a folder, a branch and a tag alike, or could lead out of `deploy/`.
 * Fails with `publish/bad-name` or `publish/bad-version`.
 */
export function checkRelease(name: string, version: number): void {
  if (!/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(name)) {
    throw new Failure(
      "publish/bad-name",
      `${JSON.stringify(name)} cannot name a release. Nothing was published.`,
      {
        advice: "Use lower-case letters, digits and dashes between them, 63 at most.",
      },
    );
  }
  if (!Number.isSafeInteger(version) || version < 1) {
    throw new Failure("publish/bad-version", `${version} is no version. Nothing was published.`, {
      advice: "Versions are whole numbers from 1 on.",
    });
  }
}
