import type { WriteKey } from "../api/types.ts";

/** What is pasted to send events with a key: the tag of a website, a call from a server. */
export function snippet(key: Pick<WriteKey, "key" | "kind">, origin: string): string {
  if (key.kind === "browser")
    return `<script defer src="${origin}/shirube.js" data-key="${key.key}"></script>`;
  return [
    `curl ${origin}/v1/track -u ${key.key}: -H 'Content-Type: application/json' \\`,
    `  -d '{"userId":"u1","event":"Inquiry Submitted"}'`,
  ].join("\n");
}
