import { credentialFiles } from "./table/credential-files.ts";

/** Whether a path is of a file that holds credentials, by its name or the folder it lies in, in any case and with slashes of either kind. */
export function isCredentialFile(path: string): boolean {
  const plain = path.replaceAll("\\", "/").toLowerCase();
  return (
    credentialFiles.folders.some((folder) => plain.includes(folder)) ||
    names.test(plain.slice(plain.lastIndexOf("/") + 1))
  );
}

const names = new RegExp(`^(?:${credentialFiles.names.join("|")})$`);
