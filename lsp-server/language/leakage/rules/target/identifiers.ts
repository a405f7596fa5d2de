/** Whether a column's name says that it tells rows, or whom they are about, apart, and nothing else of them. */
export function isIdentifier(name: string): boolean {
  return ofRows.test(name) || ofEntities.test(name);
}

const ofRows =
  /^(id|idx|index|uid|uuid|guid|row_?(id|num|number|nr|no)|unnamed: ?0|level_0|serial|serial_?(no|num|number)|record_?(id|no|num|number))$/i;
const ofEntities = /(_id|_ID|[a-z]Id|[a-z]ID|_uuid|_guid|_uid)$/;
