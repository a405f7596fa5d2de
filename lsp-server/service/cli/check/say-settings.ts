import { counted } from "@lookback/kernel-bridge/counted.ts";
import { ruleIds } from "@lookback/language/leakage/known-rules.ts";
import { type LeftOut, sayLeftOut } from "@lookback/language/leakage/settings/left-out.ts";
import type { Settings } from "@lookback/language/leakage/settings/settings.ts";
import type { CheckedFile, Report } from "./checked-file.ts";
import { commandLine } from "./chosen-rules.ts";

/** What the settings left out of a check, in sentences; null when nothing was. Files are told apart where their settings differ. */
export function saySettings(files: readonly Pick<CheckedFile, "settings" | "leftOut">[]): string | null {
  const [first] = files;
  const asked = first === undefined ? null : sayAsked(first.settings);
  const said = new Map<string, number>();
  for (const { leftOut } of files) {
    const sentence = sayLeftOut(withoutAsked(leftOut));
    if (sentence !== null) said.set(sentence, (said.get(sentence) ?? 0) + 1);
  }
  const hidden = files.reduce((sum, { leftOut }) => sum + leftOut.hidden, 0);
  const sentences = [
    ...(asked === null ? [] : [asked]),
    ...[...said].map(([sentence, count]) =>
      count === files.length ? sentence : `In ${counted(count, "file")}: ${sentence}`,
    ),
    ...(hidden === 0 ? [] : [`${counted(hidden, "finding")} ${hidden === 1 ? "is" : "are"} not shown.`]),
  ];
  return sentences.length === 0 ? null : sentences.join(" ");
}

/** `lookback.toml: line 3, column 1: warning: …`, a line each. */
export function settingsLines({ settings }: Pick<Report, "settings">): string[] {
  return settings.flatMap(({ path, problems }) =>
    problems.map(
      ({ severity, message, range: { start } }) =>
        `${path}: line ${start.line + 1}, column ${start.character + 1}: ${severity}: ${message}`,
    ),
  );
}

/** What the command line left out: by its names or by those of the rest, whichever are fewer. */
function sayAsked({ rules }: Settings): string | null {
  const off = ruleIds.filter((id) => {
    const asked = rules.get(id);
    return asked?.level === "off" && asked.from === commandLine;
  });
  if (off.length === 0) return null;
  const rest = ruleIds.filter((id) => !off.includes(id));
  if (off.length <= rest.length) return `Not looked for: ${off.join(", ")}.`;
  return `Looked for only: ${rest.join(", ")}.`;
}

function withoutAsked(leftOut: LeftOut): LeftOut {
  return { ...leftOut, off: leftOut.off.filter(({ from }) => from !== commandLine), hidden: 0 };
}
