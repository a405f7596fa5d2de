/** A UTC instant in microseconds as `13 Jun 21:30`; seconds only when there are any. */
export function momentText(us: number): string {
  const date = new Date(us / 1000);
  return `${date.getUTCDate()} ${months[date.getUTCMonth()]} ${clockText(us)}`;
}

/** The same with the year. */
export function fullMomentText(us: number): string {
  const date = new Date(us / 1000);
  return `${date.getUTCDate()} ${months[date.getUTCMonth()]} ${date.getUTCFullYear()} ${clockText(us)} UTC`;
}

/** The time of day of an instant, UTC. */
export function clockText(us: number): string {
  const date = new Date(us / 1000);
  const seconds = date.getUTCSeconds();
  const minutes = `${twoDigits(date.getUTCHours())}:${twoDigits(date.getUTCMinutes())}`;
  return seconds === 0 ? minutes : `${minutes}:${twoDigits(seconds)}`;
}

/** How old: `45 min`, `1 h 30 min`, `3 d 4 h`. */
export function ageText(us: number): string {
  const seconds = Math.round(us / 1e6);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  const days = Math.floor(hours / 24);
  return hours % 24 === 0 ? `${days} d` : `${days} d ${hours % 24} h`;
}

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"] as const;

function twoDigits(value: number): string {
  return String(value).padStart(2, "0");
}
