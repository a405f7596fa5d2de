import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Failure } from "@lookback/kernel-bridge/failure.ts";
import { pythonOf } from "@lookback/kernel-bridge/processes/python-places.ts";
import type { Release } from "../../../plan/read-release.ts";
import type { RuntimeWorld } from "../runtime-world.ts";
import { installEnv } from "./worker-env.ts";

/** A virtual environment of what a release's lock names, kept for every release that has the same lock. */
export interface LockedEnvironment {
  readonly python: string;
  ready(): boolean;
  /** Makes it with a Python; one that was not made to its end is made anew. Fails with `serve/environment`. */
  make(base: string): Promise<void>;
}

const LOCK = "requirements.lock";

/** The environment of a release's lock, made or not; an error that says why there can be none. */
export function environmentOf({ dir, plan }: Release, world: RuntimeWorld): LockedEnvironment | Error {
  const listed = plan.files.find((file) => file.path === LOCK);
  if (listed === undefined) return new Error(`the release has no ${LOCK}`);
  let text: Buffer;
  try {
    text = readFileSync(join(dir, LOCK));
  } catch {
    return new Error(`${LOCK} cannot be read`);
  }
  const digest = createHash("sha256").update(text).digest("hex");
  if (digest !== listed.sha256) return new Error(`${LOCK} is not the one that was published`);
  const folder = join(world.stateDir, "environments", digest.slice(0, 32));
  const complete = join(folder, "complete");
  const place = join(folder, "environment");
  return {
    python: pythonOf(place),
    ready: () => existsSync(complete),
    async make(base) {
      rmSync(folder, { recursive: true, force: true });
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      const lock = join(folder, LOCK);
      writeFileSync(lock, text);
      world.log("making an environment", { model: plan.name, version: plan.version, python: base });
      const env = installEnv(world.env);
      await ask(base, ["-m", "venv", place], env);
      // The lock is all that was installed: nothing is to be looked for beside it.
      const install = [
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--no-input",
        "--no-deps",
      ];
      await ask(pythonOf(place), [...install, "-r", lock], env);
      writeFileSync(complete, `${base}\n`);
    },
  };
}

async function ask(
  python: string,
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  const child = spawn(python, args, {
    env: { ...env },
    stdio: ["ignore", "pipe", "pipe"],
    windowsHide: true,
  });
  let printed = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => {
      printed = (printed + chunk.toString("utf8")).slice(-MOST_PRINTED);
    });
  const slow = setTimeout(() => child.kill("SIGKILL"), LONGEST_MS);
  const code = await new Promise<number | null>((resolve) => {
    child.once("error", () => resolve(null));
    child.once("close", resolve);
  });
  clearTimeout(slow);
  if (code === 0) return;
  const said = printed
    .trim()
    .split("\n")
    .findLast((line) => /error/i.test(line));
  throw new Failure(
    "serve/environment",
    said === undefined ? "it could not be made" : `it could not be made (${said.trim().slice(0, 300)})`,
    { data: { printed } },
  );
}

const MOST_PRINTED = 4_000;
const LONGEST_MS = 10 * 60_000;
