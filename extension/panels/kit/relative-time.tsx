import { type ReactNode, useEffect, useState } from "react";

/** A moment as people say it, kept current while it is on screen; the full local time is its tooltip. */
export function RelativeTime(props: { at: string }): ReactNode {
  const now = useMinute();
  const at = new Date(props.at);
  return (
    <time dateTime={props.at} title={at.toLocaleString()}>
      {relativeTime(at, now)}
    </time>
  );
}

/** Relative up to an hour, then a clock time, with the day when it is not today. A moment ahead of `now` (clocks differ) is "just now". */
export function relativeTime(at: Date, now: Date, locale?: string): string {
  const minutes = Math.floor((now.getTime() - at.getTime()) / 60_000);
  if (minutes < 1) return "just now";
  if (minutes < 60) return `${minutes} min ago`;
  const clock = at.toLocaleTimeString(locale, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const days = Math.round((startOfDay(now) - startOfDay(at)) / 86_400_000);
  if (days === 0) return clock;
  if (days === 1) return `yesterday ${clock}`;
  const year = at.getFullYear() === now.getFullYear() ? {} : ({ year: "numeric" } as const);
  const day = at.toLocaleDateString(locale, { day: "numeric", month: "short", ...year });
  return `${day} ${clock}`;
}

function startOfDay(at: Date): number {
  return new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime();
}

function useMinute(): Date {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), 20_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
