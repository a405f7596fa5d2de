import { useEffect, useState } from "react";

/** Milliseconds between two moments, counting by the second while there is no end yet; null before the beginning. */
export function useElapsed(began: number | null, ended: number | null): number | null {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (began === null || ended !== null) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [began, ended]);
  if (began === null) return null;
  return ended === null ? Math.floor(Math.max(0, now - began) / 1000) * 1000 : ended - began;
}
