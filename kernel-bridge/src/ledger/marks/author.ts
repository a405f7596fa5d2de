import { execFile } from "node:child_process";
import { userInfo } from "node:os";
import { promisify } from "node:util";
import type { Author } from "../format/run.ts";

/** Who is at work in a folder: the git identity there, and the agent that works for them where the environment names one. */
export async function authorAt(
  folder: string,
  env: Readonly<Record<string, string | undefined>> = process.env,
): Promise<Author> {
  const ask = async (key: string) => {
    const options = { cwd: folder, env: { ...env } as NodeJS.ProcessEnv, timeout: 5_000 };
    const { stdout } = await promisify(execFile)("git", ["config", "--get", key], options);
    return stdout.trim() || null;
  };
  const answer = (key: string) => ask(key).catch(() => null);
  const [name, email] = await Promise.all([
    env.GIT_AUTHOR_NAME || answer("user.name"),
    env.GIT_AUTHOR_EMAIL || answer("user.email"),
  ]);
  return { name: name ?? userOfSystem(), email, agent: agentIn(env) };
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
