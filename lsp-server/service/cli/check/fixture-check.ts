import { check } from "./check.ts";

/** What `lookback check` says, and its exit code, in a folder. */
export async function checkIn(
  cwd: string,
  argv: readonly string[],
): Promise<{ code: number; out: string; err: string }> {
  const said = { out: "", err: "" };
  const code = await check.run(argv, {
    cwd,
    env: {},
    out: (text) => {
      said.out += text;
    },
    err: (text) => {
      said.err += text;
    },
    signal: new AbortController().signal,
  });
  return { code, ...said };
}
