/** Whether a text reads as SQL: it begins as a statement that reads rows does. */
export function isSql(text: string): boolean {
  return beginning.test(text);
}

const beginning =
  /^(?:\s|--[^\n]*\n|\/\*(?:[^*]|\*(?!\/))*\*\/|\()*(?:with\s+\w|select\s|from\s+\S+\s*(?:$|;|\w)|create\s|insert\s+into\s|copy\s|summarize\s|describe\s|pivot\s|unpivot\s|merge\s+into\s)/i;
