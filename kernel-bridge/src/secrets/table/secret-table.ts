import { assignmentForms } from "./assignment-forms.ts";
import { credentialFiles } from "./credential-files.ts";
import { secretKinds } from "./kinds.ts";
import { secretNames } from "./names.ts";

/** All that the kernel's side needs to judge as this one does, as JSON: handed to the observer when it starts. */
export const secretTable = {
  kinds: secretKinds,
  names: secretNames,
  forms: assignmentForms,
  files: credentialFiles,
};
