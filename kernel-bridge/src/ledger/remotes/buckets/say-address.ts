/**
 * An address, or a text that names one, as it may be shown: without a password and who it is of. Of the web without a user either, in whose
 * place tokens stand.
 */
export function sayAddress(text: string): string {
  return text.replaceAll(/(https?:\/\/)[^/?#@\s]*@/gi, "$1…@").replaceAll(/(:\/\/)[^/?#@:\s]*:\S*@/g, "$1…@");
}
