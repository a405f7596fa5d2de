import type { SecretKind } from "./secret-kind.ts";

/** Secrets known by what carries them: keys in PEM, signed tokens, headers, URLs, files of passwords. */
export const carriedKinds: readonly SecretKind[] = [
  {
    id: "private-key",
    title: "private key",
    starts: ["-----BEGIN "],
    pattern:
      "-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----(?:(?:[^-]|-(?!----)){0,16384}-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----|(?:(?:\\\\{1,4}[nr]|[\\r\\n\\t ]){0,8}[A-Za-z0-9+/=]{16,4096}){0,256})",
  },
  {
    id: "putty-key",
    title: "private key",
    starts: ["Private-Lines: "],
    pattern:
      "(Private-Lines: [0-9]{1,4}(?:\\\\n|[\\r\\n]){1,4})(?:[A-Za-z0-9+/=]{16,80}(?:\\\\n|[\\r\\n]){0,4}){1,64}",
  },
  {
    id: "age-key",
    title: "age key",
    starts: ["AGE-SECRET-KEY-1", "AGE-PLUGIN-"],
    pattern: "AGE-(?:SECRET-KEY-1|PLUGIN-[A-Z0-9-]{1,32}-1)[0-9A-Za-z]{40,64}",
  },
  {
    id: "json-web-token",
    title: "JSON web token",
    starts: ["eyJ"],
    pattern: "eyJ[A-Za-z0-9_=-]{8,4096}\\.[A-Za-z0-9_=-]{8,8192}(?:\\.[A-Za-z0-9_=-]{4,4096}){1,3}",
    at: "run",
  },
  {
    id: "authorization-header",
    title: "authorization header",
    starts: ["Bearer ", "bearer ", "BEARER ", "Basic ", "basic ", "BASIC ", "Bearer%20"],
    pattern: "([Bb][A-Za-z]{4,5}(?:[ ]{1,4}|%20))[A-Za-z0-9._~+/=-]{8,4096}",
    at: "word",
    only: "made",
  },
  {
    id: "authorization-header",
    title: "authorization header",
    starts: ["uthorization:", 'uthorization":', "uthorization':", "UTHORIZATION:"],
    pattern:
      "((?:uthorization|UTHORIZATION)[\"']?:[ ]{0,4}[\"']?(?:Token|token|TOKEN|Api-?[Kk]ey|ApiKey|Bearer|bearer|Basic|basic|Digest|GenieKey|Splunk|AWS|SSWS|OAuth|Key)[ ]{1,4}(?:token=)?)[^ \\t\\r\\n\"'\\\\<>{}$]{6,4096}",
  },
  {
    id: "cookie",
    title: "cookie",
    starts: ["ookie: ", "OOKIE: ", 'ookie": "', "ookie': '", 'OOKIE": "', "OOKIE': '"],
    pattern: "((?:ookie|OOKIE)[\"']?: [\"']?)[A-Za-z0-9_.-]{1,64}=[^\\r\\n\"'\\\\<>{}]{8,4096}",
  },
  {
    id: "password-in-url",
    title: "password in a URL",
    starts: ["://"],
    pattern:
      "(://)[^\\t\\r\\n /:@\"'<>?#\\\\`]{0,256}:[^\\t\\r\\n /\"'<>?#\\\\`]{1,512}(?=@[^\\t\\r\\n \"'@])",
  },
  {
    id: "token-in-url",
    title: "token in a URL",
    starts: ["://"],
    pattern: "(://)[A-Za-z0-9_~.%-]{16,512}(?=@[A-Za-z0-9])",
    only: "made",
  },
  {
    id: "netrc-password",
    title: "password in a netrc line",
    starts: ["machine ", "machine\t", "default login "],
    pattern:
      "((?:machine[ \\t]{1,8}[^ \\t\\r\\n]{1,256}|default)(?:\\\\n|[ \\t\\r\\n]){1,8}login[ \\t]{1,8}[^ \\t\\r\\n\\\\]{1,256}(?:\\\\n|[ \\t\\r\\n]){1,8}(?:account[ \\t]{1,8}[^ \\t\\r\\n]{1,256}(?:\\\\n|[ \\t\\r\\n]){1,8})?password[ \\t]{1,8})[^ \\t\\r\\n\"'\\\\]{1,512}",
  },
  {
    id: "curl-password",
    title: "password on a command line",
    starts: ["-u ", "--user ", "-u '", '-u "'],
    pattern: "((?:-u|--user)[ ]{1,4}[\"']?[A-Za-z0-9_.@+-]{1,128}:)[^ \\t\\r\\n\"'$<{]{3,256}",
  },
  {
    id: "mysql-password",
    title: "password on a command line",
    starts: ["mysql ", "mysqldump ", "sshpass "],
    pattern: "((?:mysql|mysqldump|sshpass) [^\\r\\n|;]{0,128}-p)[^ \\t\\r\\n\"'$<{]{4,256}",
    only: "made",
  },
  {
    id: "kaggle-key",
    title: "Kaggle key",
    starts: ["username"],
    pattern:
      "(username\\\\{0,4}[\"'][ ]{0,4}:[ ]{0,4}\\\\{0,4}[\"'][A-Za-z0-9_.@-]{1,64}\\\\{0,4}[\"'][ ]{0,4},(?:\\\\n|[ \\t\\r\\n]){0,32}\\\\{0,4}[\"'](?:key|password)\\\\{0,4}[\"'][ ]{0,4}:[ ]{0,4}\\\\{0,4}[\"'])[A-Za-z0-9_-]{8,128}",
  },
  {
    id: "pgpass-line",
    title: "password in a pgpass line",
    starts: [":5432:", ":5433:", ":6543:", ":3306:", ":1433:", ":6432:", ":5439:"],
    pattern: "(:[0-9]{4}:[A-Za-z0-9_*-]{1,64}:[A-Za-z0-9_*.@-]{1,64}:)[^ \\t\\r\\n\"']{4,256}",
  },
];
