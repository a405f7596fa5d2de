import type { Environment } from "@lookback/kernel-bridge/ledger/format/run.ts";

/** Where it ran again in another environment than then: whole sentences. */
export function sayEnvironment(recorded: Environment, again: Environment): string[] {
  const said: string[] = [];
  if (recorded.python !== "" && recorded.python !== again.python)
    said.push(`Python was ${recorded.python} and is ${again.python}.`);
  if (recorded.platform !== "" && recorded.platform !== again.platform)
    said.push(`The system was ${recorded.platform} and is ${again.platform}.`);
  const now = new Map(Object.entries(again.packages).map(([name, version]) => [plain(name), version]));
  const then = Object.entries(recorded.packages);
  if (then.length === 0) return [...said, "Which packages were installed was not recorded."];
  const gone = then.filter(([name]) => !now.has(plain(name)));
  const other = then.filter(([name, version]) => now.has(plain(name)) && now.get(plain(name)) !== version);
  if (gone.length > 0)
    said.push(`Not installed now: ${cut(gone.map(([name, version]) => `${name} ${version}`))}.`);
  if (other.length > 0)
    said.push(
      `Other versions: ${cut(other.map(([name, version]) => `${name} ${version} then, ${now.get(plain(name))} now`))}.`,
    );
  return said;
}

/** Names of packages that are the same for pip. */
function plain(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, "-");
}

function cut(names: readonly string[]): string {
  const shown = names.slice(0, 10).join(", ");
  return names.length > 10 ? `${shown} and ${names.length - 10} more` : shown;
}
