import { createHash } from "node:crypto";
import { lstat, readFile } from "node:fs/promises";
import { join } from "node:path";
import { Failure } from "@lookback/kernel-bridge/failure.ts";
import type { Plan } from "./plan.ts";
import { planDigest } from "./plan-digest.ts";
import { readPlan } from "./read-plan.ts";

export interface Release {
  /** Absolute path of the release folder. */
  readonly dir: string;
  readonly plan: Plan;
  /** Digest of the plan, and through its list of files of everything in the release. */
  readonly digest: string;
  /** The model's bytes, as verified. */
  readonly model: Uint8Array;
  readonly modelSha256: string;
}

/**
 * Reads a release folder and verifies every file its plan lists: size, SHA-256, and that no part of the path is a symbolic link.
 * Files that are not listed (a release engineer's overlays) are left alone. Fails with `release/missing`, `release/changed`,
 * `release/symlink` or `plan/invalid`; nothing of a release that fails is answered.
 */
export async function readRelease(dir: string): Promise<Release> {
  const text = (await readPlain(dir, "pipeline.json")).toString("utf8");
  const plan = readPlan(text);
  let model: Buffer | null = null;
  for (const file of plan.files) {
    const bytes = await readPlain(dir, file.path);
    const found = createHash("sha256").update(bytes).digest("hex");
    if (found !== file.sha256 || bytes.length !== file.size) {
      throw new Failure(
        "release/changed",
        `${file.path} is not the file that was published: its SHA-256 is ${found.slice(0, 12)}…, the plan says ${file.sha256.slice(0, 12)}…. The release was not used.`,
        {
          advice: `Restore ${dir} from its tag, or publish again.`,
          data: { path: file.path, expected: file.sha256, found },
        },
      );
    }
    if (file.path === plan.model.path) model = bytes;
  }
  if (model === null) throw missing(dir, plan.model.path);
  const modelSha256 = createHash("sha256").update(model).digest("hex");
  return { dir, plan, digest: planDigest(JSON.parse(text)), model, modelSha256 };
}

async function readPlain(dir: string, path: string): Promise<Buffer> {
  let at = dir;
  for (const part of path.split("/")) {
    at = join(at, part);
    const found = await lstat(at).catch((cause: unknown) => {
      throw missing(dir, path, cause);
    });
    if (found.isSymbolicLink()) {
      throw new Failure(
        "release/symlink",
        `${path} is or lies behind a symbolic link. The release was not used.`,
        {
          advice:
            "A release holds its files itself: replace the link by what it points to and publish again.",
          data: { path },
        },
      );
    }
  }
  return readFile(at).catch((cause: unknown) => {
    throw missing(dir, path, cause);
  });
}

function missing(dir: string, path: string, cause?: unknown): Failure {
  return new Failure("release/missing", `${path} cannot be read in ${dir}. The release was not used.`, {
    advice: "Restore the folder from its tag, or publish again.",
    data: { dir, path },
    cause,
  });
}
