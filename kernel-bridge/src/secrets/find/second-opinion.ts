/**
 * What secretlint's rules still find in a text from which our own table has taken what it knows: the values themselves, none
 * shorter than eight characters. A rule of theirs that fails costs their opinion, not the caller's work.
 */
export async function secondOpinion(text: string): Promise<string[]> {
  linter ??= load();
  const { lintSource, creator } = await linter;
  const { messages } = await lintSource({
    source: {
      content: text.replaceAll("secretlint-", "secretlint "),
      filePath: "text",
      ext: "",
      contentType: "text",
    },
    options: {
      noPhysicFilePath: true,
      config: { rules: [{ id: "@secretlint/secretlint-rule-preset-recommend", rule: creator }] },
    },
  });
  return [...new Set(messages.flatMap((message) => valuesIn(message.data)))];
}

let linter: ReturnType<typeof load> | undefined;

/** Loaded when first needed: a third of a megabyte that most commands never ask. */
async function load() {
  const [{ lintSource }, { creator }, { secretLintProfiler }] = await Promise.all([
    import("@secretlint/core"),
    import("@secretlint/secretlint-rule-preset-recommend"),
    import("@secretlint/profiler"),
  ]);
  // It keeps every step it ever took, and looks through them at the next: a server that records thousands of runs would come to a halt.
  secretLintProfiler.mark = () => undefined;
  return { lintSource, creator };
}

/** A message's range may begin at the name of the secret: its data hold the value alone. */
function valuesIn(data: unknown): string[] {
  const values = typeof data === "object" && data !== null ? Object.values(data) : [];
  return values.filter(
    (value): value is string =>
      typeof value === "string" && value.length >= 8 && !/^[A-Za-z]+(?:[ -][A-Za-z-]+)*s?$/.test(value),
  );
}
