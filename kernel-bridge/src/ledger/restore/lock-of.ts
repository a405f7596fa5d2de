import type { Run } from "../format/run.ts";

/** What was installed when a run ran, as requirements that pip reads; null where no package was recorded. */
export function lockOf({ id, environment }: Pick<Run, "id" | "environment">): string | null {
  const packages = Object.entries(environment.packages)
    // A name or version that pip cannot read would refuse all others.
    .filter(([name, version]) => /^[A-Za-z0-9][\w.-]*$/.test(name) && /^[\w.!+-]+$/.test(version))
    .sort(([a], [b]) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1));
  if (packages.length === 0) return null;
  const { python, platform } = environment;
  return [
    `# What was installed when Lookback recorded run ${id}: all of it, not what the notebook needs.`,
    `# Python ${oneLine(python)} on ${oneLine(platform)}`,
    ...packages.map(([name, version]) => `${name}==${version}`),
    "",
  ].join("\n");
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
