/** The value of the Jupyter extension's setting `jupyter.runStartupCommands`: lines, in a list or in one text. Anything else counts as empty. */
export type StartupCommands = unknown;

/** Whether one of the lines is ours, whichever version of Lookback wrote it. */
export function hasOurs(commands: StartupCommands): boolean {
  return linesOf(commands).some(isOurs);
}

/** The setting with our line last, other lines as they are; an older line of ours goes. */
export function withOurs(commands: StartupCommands, line: string): string | string[] {
  return inForm(commands, [...linesOf(commands).filter((each) => !isOurs(each)), line]);
}

/** The setting without our line; undefined when nothing is left, so that the setting itself goes. */
export function withoutOurs(commands: StartupCommands): string | string[] | undefined {
  const lines = linesOf(commands).filter((each) => !isOurs(each));
  return lines.length === 0 ? undefined : inForm(commands, lines);
}

/** Runs a file when a kernel starts, in a space of its own, and nothing where the file is not. A backslash would not survive the setting. */
export function startupLine(path: string): string {
  const file = JSON.stringify(path.replaceAll("\\", "/"));
  return `__import__("os").path.exists(${file}) and exec(open(${file}, encoding="utf-8").read(), {"get_ipython": get_ipython})  ${MARK}`;
}

const MARK = "# Lookback: see kernels from their start";

function isOurs(line: string): boolean {
  return line.includes(MARK);
}

function linesOf(commands: StartupCommands): string[] {
  if (typeof commands === "string") return commands === "" ? [] : commands.split("\n");
  return Array.isArray(commands) ? commands.filter((line) => typeof line === "string") : [];
}

function inForm(commands: StartupCommands, lines: string[]): string | string[] {
  return typeof commands === "string" && commands !== "" ? lines.join("\n") : lines;
}
