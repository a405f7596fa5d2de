/** What one kind of thing adds to the verdict's sentence. */
export interface Clause {
  /** What is the same, as the nouns of `Same code and data`: of what nobody can say nothing. */
  readonly same: readonly string[];
  readonly changes: readonly string[];
  /** What nobody can say, as the subject of `… not known`; null where nothing. */
  readonly unknown: string | null;
  /** Why, in whole sentences. */
  readonly doubts: readonly string[];
}
