/** A quotation mark as texts hold it: plain, three times, escaped within a string, or written for HTML. */
const quote = "\\\\{0,4}(?:\"\"\"|'''|[\"'`])|&quot;|&#39;|&#x27;|&#34;";

/** `: str`, `: Optional[str]`, `: str | None`, before the value of an annotated name. */
const annotated =
  "[ \\t]{0,4}:[ \\t]{0,4}[A-Za-z_][A-Za-z0-9_.]{0,40}(?:\\[[A-Za-z0-9_., |]{0,60}\\])?(?:[ \\t]{0,2}\\|[ \\t]{0,2}[A-Za-z]{1,16})?[ \\t]{0,4}=";

/**
 * What stands between a name and its value, and how a value goes on. Read by both sides, in the subset of `SecretKind`: each is
 * tried right after a name, and none looks further than a few hundred characters.
 */
export const assignmentForms = {
  /** Groups: the mark that closes the name; a comma, when the two stand in a list; the call that wraps the value; the mark that opens it. */
  quoted:
    `(${quote})?[\\])]{0,2}(?:${annotated}|[ \\t]{0,24}(?:=>|:=|={1,3}|!=|:)|[ \\t]{0,4}(,)|[ \\t]{1,4}(?=['"]))` +
    `[ \\t\\r\\n]{0,24}\\(?[ \\t\\r\\n]{0,24}(?:([A-Za-z_][A-Za-z0-9_.]{0,40})\\()?[bBfFrRuU]{0,2}(${quote})`,
  /** Groups: the blank before the sign; the sign; the blank after it; the value. */
  bare: `(?:${quote})?\\]?([ \\t]{0,24})(=>|:=|={1,2}|:)([ \\t]{0,4})([^ \\t\\r\\n"'\`,;&<>(){}\\[\\]\\\\|=]{3,512}={0,3})`,
  /** A name that stands as a value, and the value that goes with it: `name="password" value="`, `- name: password`, and `value:` below it. Group: the mark that opens the value, if any does. */
  paired: `(?:${quote})?(?:[ \\t\\r\\n]{1,8}[A-Za-z:-]{1,24}=["'][^"'<>]{0,80}["']){0,3},?[ \\t\\r\\n]{1,40}["']?[Vv]alue["']?[ ]{0,4}[:=][ ]{0,4}(${quote})?(?=[^ \\t\\r\\n"'])`,
  /** An element of XML or HTML that the name stands in, as its own name or as an attribute's value. Group: the value. */
  element:
    "(?:[\"'][^<>\\r\\n]{0,120}|[ ][^<>\\r\\n]{0,120})?>[ \\t\\r\\n]{0,24}(?:<!\\[CDATA\\[)?([^<>\\r\\n\\]]{3,512}?)[ \\t\\r\\n]{0,24}(?:\\]\\]>[ \\t\\r\\n]{0,24})?</",
  /** The next field of a row of a table. Group: the value. */
  field: "[ ]{0,40}(?:\\||\\t)[ ]{0,40}([^ \\t\\r\\n|\"'`<>]{3,512})(?=[ |\\t\\r\\n]|(?![^a]|a))",
  /** A flag of a command line and the word after it. */
  flag: "()([ ]{1,2})()([^ \\t\\r\\n\"'`,;&<>(){}\\[\\]\\\\|-][^ \\t\\r\\n\"'`,;&<>(){}\\[\\]\\\\|]{2,512})",
  /** The rest of a line of a file of settings, whose value may hold any sign. */
  rest: "[^ \\t\\r\\n\"'`\\\\]{3,512}",
} as const;
