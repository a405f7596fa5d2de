import { existsSync } from "node:fs";
import { join } from "node:path";
import { Failure } from "../failure.ts";
import { readRelease } from "../plan/read-release.ts";
import { verifyAudit } from "./audit-log.ts";
import { readState } from "./state-file.ts";

/** What a look at everything a pipeline keeps found. */
export interface Verification {
  /** Records in the audit log. */
  readonly records: number;
  /** Number of the first record that does not follow from the one before; null when all do. */
  readonly broken: number | null;
  /** Every version that was deployed; `fault` is null when its folder holds what was deployed. */
  readonly versions: readonly {
    readonly name: string;
    readonly version: number;
    readonly fault: string | null;
  }[];
}

/** Checks the chain of the audit log, and that every deployed version still is what was deployed. Reads only, whether the pipeline runs or not. */
export async function verifyPipeline(stateDir: string): Promise<Verification> {
  const audit = join(stateDir, "audit");
  const chain = existsSync(audit) ? verifyAudit(audit) : { records: 0, broken: null };
  const versions = [];
  for (const { name, versions: saved } of readState(stateDir)) {
    for (const { version, root, path, digest } of saved)
      versions.push({ name, version, fault: await faultOf(join(root, path), digest) });
  }
  return { ...chain, versions };
}

async function faultOf(dir: string, digest: string): Promise<string | null> {
  try {
    const release = await readRelease(dir);
    return release.digest === digest ? null : "pipeline.json is not the one that was deployed.";
  } catch (error) {
    if (error instanceof Failure) return error.message;
    throw error;
  }
}
