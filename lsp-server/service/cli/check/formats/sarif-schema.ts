/** What a member of a SARIF object may hold: a JSON type, values to choose from, an object by its name, or a list of one of these. */
type Member =
  | "string"
  | "integer"
  | "count"
  | "boolean"
  | "bag"
  | "texts"
  | readonly string[]
  | `@${string}`
  | `[@${string}`;

interface Shape {
  readonly required: readonly string[];
  readonly members: Readonly<Record<string, Member>>;
}

const level = ["none", "note", "warning", "error"] as const;

/** The objects of SARIF 2.1.0 that are written here, after the specification (OASIS, section 3): which members one must and may have. */
const shapes: Readonly<Record<string, Shape>> = {
  sarifLog: {
    required: ["version", "runs"],
    members: { $schema: "string", version: ["2.1.0"], runs: "[@run" },
  },
  run: {
    required: ["tool"],
    members: {
      tool: "@tool",
      columnKind: ["utf16CodeUnits", "unicodeCodePoints"],
      invocations: "[@invocation",
      results: "[@result",
    },
  },
  tool: { required: ["driver"], members: { driver: "@toolComponent" } },
  toolComponent: {
    required: ["name"],
    members: {
      name: "string",
      rules: "[@reportingDescriptor",
      notifications: "[@reportingDescriptor",
    },
  },
  reportingDescriptor: {
    required: ["id"],
    members: {
      id: "string",
      name: "string",
      shortDescription: "@multiformatMessageString",
      fullDescription: "@multiformatMessageString",
      help: "@multiformatMessageString",
      defaultConfiguration: "@reportingConfiguration",
      properties: "bag",
    },
  },
  multiformatMessageString: { required: ["text"], members: { text: "string", markdown: "string" } },
  reportingConfiguration: { required: [], members: { level, enabled: "boolean" } },
  invocation: {
    required: ["executionSuccessful"],
    members: {
      executionSuccessful: "boolean",
      ruleConfigurationOverrides: "[@configurationOverride",
      toolExecutionNotifications: "[@notification",
      toolConfigurationNotifications: "[@notification",
    },
  },
  configurationOverride: {
    required: ["configuration", "descriptor"],
    members: { configuration: "@reportingConfiguration", descriptor: "@reportingDescriptorReference" },
  },
  reportingDescriptorReference: { required: ["id"], members: { id: "string" } },
  notification: {
    required: ["message"],
    members: {
      message: "@message",
      level,
      descriptor: "@reportingDescriptorReference",
      locations: "[@location",
    },
  },
  result: {
    required: ["message"],
    members: {
      ruleId: "string",
      level,
      message: "@message",
      locations: "[@location",
      partialFingerprints: "texts",
      relatedLocations: "[@location",
      codeFlows: "[@codeFlow",
      fixes: "[@fix",
      baselineState: ["new", "unchanged", "updated", "absent"],
      suppressions: "[@suppression",
    },
  },
  message: { required: ["text"], members: { text: "string" } },
  location: {
    required: [],
    members: {
      id: "integer",
      physicalLocation: "@physicalLocation",
      logicalLocations: "[@logicalLocation",
      message: "@message",
    },
  },
  physicalLocation: {
    required: ["artifactLocation"],
    members: { artifactLocation: "@artifactLocation", region: "@region" },
  },
  artifactLocation: { required: ["uri"], members: { uri: "string" } },
  region: {
    required: ["startLine"],
    members: { startLine: "count", startColumn: "count", endLine: "count", endColumn: "count" },
  },
  logicalLocation: { required: [], members: { name: "string", kind: "string" } },
  codeFlow: { required: ["threadFlows"], members: { threadFlows: "[@threadFlow" } },
  threadFlow: { required: ["locations"], members: { locations: "[@threadFlowLocation" } },
  threadFlowLocation: { required: [], members: { location: "@location" } },
  suppression: { required: ["kind"], members: { kind: ["inSource", "external"], justification: "string" } },
  fix: {
    required: ["artifactChanges"],
    members: { description: "@message", artifactChanges: "[@artifactChange" },
  },
  artifactChange: {
    required: ["artifactLocation", "replacements"],
    members: { artifactLocation: "@artifactLocation", replacements: "[@replacement" },
  },
  replacement: {
    required: ["deletedRegion"],
    members: { deletedRegion: "@region", insertedContent: "@artifactContent" },
  },
  artifactContent: { required: [], members: { text: "string" } },
};

/** What is wrong with a value as a SARIF object, each with its path; nothing when it is one. */
export function sarifFaults(value: unknown, name = "sarifLog", path = name): string[] {
  const shape = shapes[name];
  if (shape === undefined || typeof value !== "object" || value === null || Array.isArray(value))
    return [`${path} is no ${name}`];
  return [
    ...shape.required.filter((key) => !(key in value)).map((key) => `${path} has no ${key}`),
    ...Object.entries(value).flatMap(([key, each]) =>
      each === undefined ? [] : memberFaults(each, shape.members[key], `${path}.${key}`),
    ),
  ];
}

/** Lists that hold one at least, where they are. */
const neverEmpty = /\.(threadFlows|artifactChanges|replacements)$|threadFlows\[\d+\]\.locations$/;

function memberFaults(value: unknown, member: Member | undefined, path: string): string[] {
  if (member === undefined) return [`${path} is no member there`];
  if (typeof member !== "string") return member.includes(String(value)) ? [] : [`${path} is ${value}`];
  if (member.startsWith("[@")) {
    if (!Array.isArray(value)) return [`${path} is no list`];
    if (value.length === 0 && neverEmpty.test(path)) return [`${path} is empty`];
    return value.flatMap((each, at) => sarifFaults(each, member.slice(2), `${path}[${at}]`));
  }
  if (member.startsWith("@")) return sarifFaults(value, member.slice(1), path);
  const isRecord = typeof value === "object" && value !== null && !Array.isArray(value);
  const fits = {
    string: typeof value === "string",
    integer: Number.isInteger(value) && Number(value) >= 0,
    count: Number.isInteger(value) && Number(value) >= 1,
    boolean: typeof value === "boolean",
    bag: isRecord,
    texts: isRecord && Object.values(value).every((each) => typeof each === "string"),
  };
  return fits[member as keyof typeof fits] ? [] : [`${path} is no ${member}`];
}
