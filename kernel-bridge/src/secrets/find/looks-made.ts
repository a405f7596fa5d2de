/**
 * Whether a machine made this text rather than a person: letters and digits mixed as no word, name, path or version mixes
 * them. Digits alone never are. Linear.
 */
export function looksMade(text: string): boolean {
  let length = 0;
  const different = new Set<string>();
  for (const part of text.match(/[A-Za-z0-9]+/g) ?? []) {
    if (!partLooksMade(part)) continue;
    length += part.length;
    for (const letter of part) different.add(letter);
    if (length >= 8 && different.size >= 4) return true;
  }
  return length >= 6 && text.length >= 8 && different.size >= 4;
}

function partLooksMade(part: string): boolean {
  if (part.length < 4) return false;
  let digits = 0;
  let between = 0;
  let ofCase = 0;
  let before = classOf(part.charCodeAt(0));
  if (before === digit) digits++;
  for (let at = 1; at < part.length; at++) {
    const now = classOf(part.charCodeAt(at));
    if (now === digit) digits++;
    if (now !== before) {
      if (now === digit || before === digit) between++;
      else ofCase++;
    }
    before = now;
  }
  if (digits === part.length) return false;
  if (between >= 2 || (digits >= 5 && part.length - digits >= 3)) return true;
  return part.length >= 10 && (ofCase + between) * 100 >= 34 * (part.length - 1);
}

const digit = 0;
const upper = 1;
const lower = 2;

function classOf(code: number): number {
  if (code <= 57) return digit;
  return code <= 90 ? upper : lower;
}
