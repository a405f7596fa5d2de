import { randomBytes, timingSafeEqual } from "node:crypto";
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

/** Answers whether an Authorization header carries the token; takes the same time wherever they differ. */
export function authorizer(token: string): (header: string | undefined) => boolean {
  const wanted = Buffer.from(`Bearer ${token}`, "utf8");
  return (header = "") => {
    const given = Buffer.from(header, "utf8");
    return given.length === wanted.length && timingSafeEqual(given, wanted);
  };
}
