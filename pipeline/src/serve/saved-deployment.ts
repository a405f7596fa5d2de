import { jsonMembers, jsonParts } from "./json-parts.ts";

/** What is deployed under one name, as it survives a restart. */
export interface SavedDeployment {
  readonly name: string;
  readonly active: number;
  readonly previous: number | null;
  /** Newest deployment first. The active one is always among them. */
  readonly versions: readonly SavedVersion[];
  readonly unreadable: readonly UnreadableVersion[];
}

export interface SavedVersion {
  readonly version: number;
  /** Absolute path of the workspace it was published from: its sources are relative to it. */
  readonly root: string;
  /** The release folder, relative to `root`. */
  readonly path: string;
  readonly digest: string;
  readonly run: string;
  readonly modelSha256: string;
  readonly deployedAt: string;
}

/** A record as it stands in the file, and why it cannot be read. */
export interface UnreadableRecord {
  /** Null when the record does not even give its name. */
  readonly name: string | null;
  readonly reason: string;
  readonly text: string;
}

export interface UnreadableVersion {
  readonly version: number | null;
  readonly reason: string;
  readonly text: string;
}

/**
 * The deployments that a list of records' texts gives. A record that cannot be read costs its own row: a version among a deployment's, the
 * whole deployment when the active version is not known for sure. Records that claim one name, or one number, contradict each other: none
 * of them is read.
 */
export function readDeployments(texts: readonly string[]): {
  readonly deployments: readonly SavedDeployment[];
  readonly unreadable: readonly UnreadableRecord[];
} {
  const records = contradicted(texts.map(readDeployment), "name", "name");
  return {
    deployments: records.flatMap(({ read }) => read ?? []),
    unreadable: records.flatMap(({ name, reason, text }) => (reason === null ? [] : { name, reason, text })),
  };
}

/** A deployment's record, with what could not be read as it stood. */
export function deploymentText({ name, active, previous, versions, unreadable }: SavedDeployment): string {
  const rows = [...versions.map((each) => JSON.stringify(each)), ...unreadable.map(({ text }) => text)];
  const [head] = JSON.stringify({ name, active, previous }).split(/\}$/);
  return `${head},"versions":[\n  ${rows.join(",\n  ")}\n]}`;
}

type Read<T> = { readonly read: T; readonly reason: null } | { readonly read: null; readonly reason: string };

function readDeployment(text: string) {
  const found = jsonMembers(text);
  const name = nameOf(parsed(found?.members.get("name")));
  const broken = (reason: string) => ({ name, text, read: null, reason });
  if (found === null) return broken("It is no object.");
  const { members } = found;
  const fault = faultOf(found, { name: isText, active: isNumber });
  if (name === null || fault !== null) return broken(fault ?? "`name` cannot be read.");
  const active = parsed(members.get("active")) as number;
  const previous = parsed(members.get("previous")) ?? null;
  if (previous !== null && !isNumber(previous)) return broken("`previous` cannot be read.");
  const list = members.get("versions") ?? "";
  const texts = list.startsWith("[") ? jsonParts(list) : null;
  if (texts === null) return broken("`versions` cannot be read.");
  const rows = contradicted(texts.map(readVersion), "version", "number");
  const versions = rows.flatMap(({ read }) => read ?? []);
  if (!versions.some((each) => each.version === active)) {
    const why = rows.find((each) => each.version === active)?.reason ?? "There is no record of it.";
    return broken(`Its active version ${active} cannot be read. ${why}`);
  }
  const unreadable = rows.flatMap(({ version, reason, text }) =>
    reason === null ? [] : { version, reason, text },
  );
  return {
    name,
    text,
    reason: null,
    read: { name, active, previous: previous as number | null, versions, unreadable },
  };
}

function readVersion(text: string) {
  const found = jsonMembers(text);
  const stated = parsed(found?.members.get("version"));
  const version = isNumber(stated) ? (stated as number) : null;
  const fault = found === null ? "It is no object." : faultOf(found, VERSION);
  if (fault !== null) return { version, text, read: null, reason: fault };
  return { version, text, read: JSON.parse(text) as SavedVersion, reason: null };
}

/** Turns the records that claim the same into unreadable ones. */
function contradicted<K extends string, R extends Record<K, unknown> & Read<unknown>>(
  records: readonly R[],
  key: K,
  noun: string,
): (R | (Omit<R, "read" | "reason"> & { readonly read: null; readonly reason: string }))[] {
  return records.map((record) => {
    const claims = records.filter((each) => each[key] !== null && each[key] === record[key]).length;
    if (claims < 2 || record.reason !== null) return record;
    return { ...record, read: null, reason: `${claims} records carry this ${noun}.` };
  });
}

function faultOf(
  { members, twice }: NonNullable<ReturnType<typeof jsonMembers>>,
  wanted: Readonly<Record<string, (value: unknown) => boolean>>,
): string | null {
  if (twice !== null) return `\`${twice}\` stands twice.`;
  for (const [member, holds] of Object.entries(wanted)) {
    const text = members.get(member);
    if (text === undefined) return `\`${member}\` is missing.`;
    if (!holds(parsed(text))) return `\`${member}\` cannot be read.`;
  }
  return null;
}

const isText = (value: unknown) => typeof value === "string" && value !== "";
const isNumber = (value: unknown) => Number.isSafeInteger(value) && (value as number) > 0;
const isMoment = (value: unknown) => typeof value === "string" && !Number.isNaN(Date.parse(value));

const VERSION = {
  ...{ version: isNumber, root: isText, path: isText, digest: isText, run: isText, modelSha256: isText },
  deployedAt: isMoment,
} satisfies Record<keyof SavedVersion, (value: unknown) => boolean>;

function nameOf(value: unknown): string | null {
  return isText(value) ? (value as string) : null;
}

/** Undefined for what is no JSON. */
function parsed(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}
