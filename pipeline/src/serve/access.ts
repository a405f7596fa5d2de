import { randomBytes, timingSafeEqual } from "node:crypto";
import { chmodSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Failure } from "@lookback/kernel-bridge/failure.ts";

/** The bearer token of a state folder, made on first use; readable by its owner alone. Fails with `serve/token-unreadable`. */
export function serverToken(stateDir: string): string {
  const path = tokenPath(stateDir);
  if (existsSync(path)) {
    const token = readToken(stateDir, "The pipeline was not started.", "Remove it: a new one is made.");
    chmodSync(path, 0o600);
    if (token.length >= 32) return token;
  }
  const made = randomBytes(32).toString("hex");
  writeFileSync(path, `${made}\n`, { mode: 0o600 });
  return made;
}

/** The token as a client sends it. Fails with `serve/token-unreadable`; `undone` says what was not done then. */
export function readToken(stateDir: string, undone: string, advice: string): string {
  try {
    return readFileSync(tokenPath(stateDir), "utf8").trim();
  } catch (cause) {
    throw new Failure("serve/token-unreadable", `${tokenPath(stateDir)} cannot be read. ${undone}`, {
      advice,
      cause,
    });
  }
}

export function tokenPath(stateDir: string): string {
  return join(stateDir, "token");
}

/** Answers whether an Authorization header carries the token; takes the same time wherever they differ. */
export function authorizer(token: string): (header: string | undefined) => boolean {
  const wanted = Buffer.from(`Bearer ${token}`, "utf8");
  return (header = "") => {
    const given = Buffer.from(header, "utf8");
    return given.length === wanted.length && timingSafeEqual(given, wanted);
  };
}
