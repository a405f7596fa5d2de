import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { chmodSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** The bearer token of a state folder, made on first use; readable by its owner alone. */
export function serverToken(stateDir: string): string {
  const path = tokenPath(stateDir);
  if (existsSync(path)) {
    chmodSync(path, 0o600);
    const token = readFileSync(path, "utf8").trim();
    if (token.length >= 32) return token;
  }
  writeFileSync(path, `${randomBytes(32).toString("hex")}\n`, { mode: 0o600 });
  return readFileSync(path, "utf8").trim();
}

export function tokenPath(stateDir: string): string {
  return join(stateDir, "token");
}

/** Whether an Authorization header carries the token; takes the same time wherever they differ. */
export function isAuthorized(header: string | undefined, token: string): boolean {
  const given = header?.startsWith("Bearer ") ? header.slice(7) : "";
  return timingSafeEqual(digest(given), digest(token));
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
