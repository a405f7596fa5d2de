import { execFile } from "node:child_process";
import { userInfo } from "node:os";
import { promisify } from "node:util";
import type { Author } from "../format/run.ts";

/** Who is at work in a folder: the git identity there, and the agent that works for them where the environment names one. */
export async function authorAt(
  folder: string,
  env: Readonly<Record<string, string | undefined>> = process.env,
): Promise<Author> {
  const said = env.GIT_AUTHOR_NAME && env.GIT_AUTHOR_EMAIL ? new Map() : await gitIdentity(folder, env);
  const name = env.GIT_AUTHOR_NAME || said.get("user.name") || userOfSystem();
  const email = env.GIT_AUTHOR_EMAIL || said.get("user.email") || null;
  return { name, email, agent: agentIn(env) };
}

/** What git is told, by its key; nothing where there is no git, or it is told nothing. */
async function gitIdentity(
  folder: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<ReadonlyMap<string, string>> {
  const options = { cwd: folder, env: { ...env } as NodeJS.ProcessEnv, timeout: 5_000 };
  const keys = ["config", "--null", "--get-regexp", "^user\\.(name|email)$"];
  const { stdout } = await promisify(execFile)("git", keys, options).catch(() => ({ stdout: "" }));
  // The last that is said of a key counts; a key that says nothing has no line end.
  const entries = stdout.split("\0").map((entry): [string, string] => {
    const [key = "", ...value] = entry.split("\n");
    return [key, value.join("\n").trim()];
  });
  return new Map(entries);
}

/** A person or an agent in words. */
export function sayAuthor({ name, email, agent }: Author): string {
  const person = name ?? email;
  if (agent === null) return person ?? "somebody";
  return person === null ? agent : `${agent} for ${person}`;
}

/** Variables that agents set: one that names the agent, and those that a known one sets. */
export const agents: readonly (readonly [variable: string, name: string | null])[] = [
  ["LOOKBACK_AGENT", null],
  ["AI_AGENT", null],
  ["CLAUDECODE", "Claude Code"],
  ["CODEX_SANDBOX", "Codex"],
  ["CURSOR_AGENT", "Cursor"],
  ["GEMINI_CLI", "Gemini CLI"],
];

function agentIn(env: Readonly<Record<string, string | undefined>>): string | null {
  const [variable, name] = agents.find(([each]) => env[each]) ?? [];
  return variable === undefined ? null : (name ?? env[variable] ?? null);
}

function userOfSystem(): string | null {
  try {
    return userInfo().username;
  } catch {
    return null;
  }
}
