import { classOfName } from "./find/class-of-name.ts";
import { isSecretValue } from "./find/judge-value.ts";

/** The values of an environment's variables that are secrets by their names, so that they are replaced wherever a cell prints them. Short ones, which other texts may hold too, are left out. */
export function secretsOfEnvironment(environment: Readonly<Record<string, string | undefined>>): string[] {
  return Object.entries(environment).flatMap(([name, value = ""]) => {
    const kind = classOfName(name);
    return kind !== null && value.length >= 8 && isSecretValue(kind, value, "quoted") ? [value] : [];
  });
}
