/** What a run of several is called where there is little room: its side of two, else its number. */
export function nameOfRun(at: number, count: number): string {
  if (count > 2) return `Run ${at + 1}`;
  return at === 0 ? "Left" : "Right";
}
