import type { ReactNode } from "react";

interface Chart {
  readonly label: string;
  /** Each line's values; all are as long as `along`. */
  readonly lines: readonly (readonly (number | null)[])[];
  /** Where the points stand from left to right; evenly spaced when absent. */
  readonly along?: readonly number[];
  /** As high as a line of text. */
  readonly small?: boolean;
}

/** Lines over one another on one scale. Points that are not known are left out. */
export function LineChart({ label, lines, along, small = false }: Chart): ReactNode {
  const [width, height] = small ? [72, 16] : [320, 120];
  const at = along ?? lines[0]?.map((_, index) => index) ?? [];
  const x = scale(at, width);
  const y = scale(lines.flat(), height);
  return (
    <svg
      className={small ? "lb-chart lb-chart-small" : "lb-chart"}
      viewBox={`-2 -2 ${width + 4} ${height + 4}`}
      role="img"
      aria-label={label}
    >
      <title>{label}</title>
      {lines.map((values, line) => (
        <polyline
          // biome-ignore lint/suspicious/noArrayIndexKey: a run never changes
          key={line}
          data-line={line}
          points={values
            .flatMap((value, index) =>
              value === null ? [] : [`${x(at[index] ?? 0).toFixed(1)},${(height - y(value)).toFixed(1)}`],
            )
            .join(" ")}
        />
      ))}
    </svg>
  );
}

function scale(values: readonly (number | null)[], size: number): (value: number) => number {
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (value === null) continue;
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  const span = most - least;
  return (value) => (span > 0 ? ((value - least) / span) * size : size / 2);
}
