/**
 * A secret that is known by how it looks, whatever it is called. Its pattern is tried where one of its `starts` stands. A
 * first group is what stands before the secret and stays.
 *
 * A pattern must mean the same in JavaScript and in Python's `re`: only explicit classes of ASCII, no flags, no `\w \d \s \b
 * . ^ $`, no look-behind; and every repetition is bounded, so that no text costs more than its length.
 */
export interface SecretKind {
  /** Kebab-case; kept in notes. */
  readonly id: string;
  /** What a person calls one of them, after "1": `GitHub token`. */
  readonly title: string;
  readonly starts: readonly string[];
  readonly pattern: string;
  /** How many characters before its start the pattern is tried, where it does not begin with it. Each is tried, the furthest first. */
  readonly back?: readonly number[];
  /** `word`: not after a letter or digit, for a start that words hold too. `run`: not after `-` or `_` either. */
  readonly at?: "word" | "run";
  /** `made`: only when no person would have written it as a name: the pattern alone fits names too. */
  readonly only?: "made";
}
