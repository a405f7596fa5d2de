/**
 * What looks like a secret. A group, where there is one, is what stands before it and stays.
 * Each pattern must mean the same in JavaScript and in Python's `re`: the observer uses them too.
 */
export const secretPatterns: readonly RegExp[] = [
  /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/,
  /\bgh[pousr]_[A-Za-z0-9]{36,}\b/,
  /\bgithub_pat_[A-Za-z0-9_]{40,}\b/,
  /\bglpat-[A-Za-z0-9_-]{20,}/,
  /\bxox[abprs]-[A-Za-z0-9-]{10,}/,
  /\bsk-(?:[a-z0-9]+-)*[A-Za-z0-9]{32,}/,
  /\bhf_[A-Za-z0-9]{30,}\b/,
  /\bAIza[A-Za-z0-9_-]{35}/,
  /\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}/,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[^-]*(?:-----END [A-Z ]*PRIVATE KEY-----)?/,
  /([Aa]uthorization["']?: ?["']?(?:Bearer|Basic) )[^\s"'\\]+/,
  /(:\/\/)[^\s/:@"']+:[^\s/@"']+(?=@)/,
  /((?:api_key|apikey|secret|password|passwd|token)["']?\]? ?[=:] ?["'])[^"'\s\\]{8,}/,
  /((?:API_KEY|_SECRET|PASSWORD|_TOKEN)["']?\]? ?[=:] ?["']?)[^\s"'\\]{8,}/,
];

/** The text with every secret replaced by `[redacted]`, and how many there were. */
export function redact(text: string): { readonly text: string; readonly count: number } {
  let count = 0;
  let clean = text;
  for (const pattern of secretPatterns) {
    clean = clean.replace(new RegExp(pattern, "g"), (_match: string, before: unknown) => {
      count++;
      return `${typeof before === "string" ? before : ""}[redacted]`;
    });
  }
  return { text: clean, count };
}
