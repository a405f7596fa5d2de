/** What one version has done since the server started. */
export interface Statistics {
  requests: number;
  errors: number;
  observe(durationMs: number): void;
  /** Of the last 2,000 answers; null before the first. */
  p99Ms(): number | null;
}

export function statistics(): Statistics {
  const recent = new Float64Array(2000);
  let seen = 0;
  return {
    requests: 0,
    errors: 0,
    observe(durationMs) {
      recent[seen % recent.length] = durationMs;
      seen += 1;
    },
    p99Ms() {
      if (seen === 0) return null;
      const sorted = recent.slice(0, Math.min(seen, recent.length)).sort();
      return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * 0.99))]!;
    },
  };
}
