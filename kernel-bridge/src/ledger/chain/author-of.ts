import { execFile } from "node:child_process";
import { userInfo } from "node:os";
import { promisify } from "node:util";
import type { Author } from "../format/run.ts";

/**
 * Who works in a folder: the identity that their git has there, else the account's name. `agent` is the program that acts in their place,
 * null when it is themselves. Asked once a folder and process.
 */
export function authorOf(folder: string, agent: string | null = null): Promise<Author> {
  const known = authors.get(folder) ?? identityIn(folder);
  authors.set(folder, known);
  return known.then((person) => ({ ...person, agent }));
}

const authors = new Map<string, Promise<Omit<Author, "agent">>>();

async function identityIn(folder: string): Promise<Omit<Author, "agent">> {
  const ask = (name: string) =>
    promisify(execFile)("git", ["config", "--get", name], { cwd: folder, timeout: 5_000 }).then(
      ({ stdout }) => stdout.trim() || null,
      () => null,
    );
  const [name, email] = await Promise.all([ask("user.name"), ask("user.email")]);
  return { name: name ?? accountName(), email };
}

/** A container may run under a number that no account has. */
function accountName(): string | null {
  try {
    return userInfo().username;
  } catch {
    return null;
  }
}
