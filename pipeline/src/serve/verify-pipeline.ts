import { existsSync } from "node:fs";
import { join } from "node:path";
import { Failure } from "@lookback/kernel-bridge/failure.ts";
import { readRelease } from "../plan/read-release.ts";
import { verifyAudit } from "./audit-log.ts";
import { readState } from "./state-file.ts";

/** What a look at everything a pipeline keeps found. */
export interface Verification {
  /** Records in the audit log. */
  readonly records: number;
  /** Number of the first record that does not follow from the one before; null when all do. */
  readonly broken: number | null;
  /** Of a last record without its end: it is being written, or was torn by a crash. */
  readonly tornBytes: number;
  /**
   * Every version that is recorded as deployed; `fault` is null when its folder holds what was deployed. A record that cannot be read has
   * its row too, with as much of its name and number as it gives.
   */
  readonly versions: readonly {
    readonly name: string | null;
    readonly version: number | null;
    readonly fault: string | null;
  }[];
}

/** Checks the chain of the audit log, and that every deployed version still is what was deployed. Reads only, whether the pipeline runs or not. */
export async function verifyPipeline(stateDir: string): Promise<Verification> {
  const audit = join(stateDir, "audit");
  const chain = existsSync(audit) ? verifyAudit(audit) : { records: 0, broken: null, tornBytes: 0 };
  const { deployments, unreadable } = readState(stateDir);
  const versions: Verification["versions"][number][] = [];
  for (const { name, versions: saved, unreadable: lost } of deployments) {
    for (const { version, root, path, digest } of saved)
      versions.push({ name, version, fault: await faultOf(join(root, path), digest) });
    for (const { version, reason } of lost) versions.push({ name, version, fault: unreadableRecord(reason) });
  }
  for (const { name, reason } of unreadable)
    versions.push({ name, version: null, fault: unreadableRecord(reason) });
  return { ...chain, versions };
}

function unreadableRecord(reason: string): string {
  return `its record cannot be read: ${reason}`;
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
