import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import type { ThirdPartyPackage } from "./third-party-packages.ts";

/** The unpacked files of a package below `cache`: fetched once, and only where its bytes are those that are pinned. */
export async function fetchArchive({ archive, sha256 }: ThirdPartyPackage, cache: string): Promise<string> {
  const folder = join(cache, basename(archive).replace(/\.(tar\.gz|crate)$/, ""));
  if (existsSync(folder)) return folder;
  const answer = await fetch(archive);
  if (!answer.ok) throw new Error(`${archive} could not be fetched: ${answer.status} ${answer.statusText}.`);
  const bytes = new Uint8Array(await answer.arrayBuffer());
  const digest = createHash("sha256").update(bytes).digest("hex");
  if (digest !== sha256) throw new Error(`${archive} is not what is pinned: its SHA-256 is ${digest}.`);
  const half = `${folder}.half`;
  rmSync(half, { recursive: true, force: true });
  mkdirSync(half, { recursive: true });
  execFileSync("tar", ["-xzf", "-", "--strip-components=1"], { cwd: half, input: bytes });
  renameSync(half, folder);
  return folder;
}
