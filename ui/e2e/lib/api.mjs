// Prepares what a test is not about by asking the server directly.

/** `ask(base)("POST", "/api/workspaces", body)`: the reply as data; a refusal is an error. */
export function ask(base) {
  return async (method, path, body) => {
    const reply = await fetch(base + path, {
      method,
      ...(body === undefined
        ? {}
        : body instanceof Uint8Array
          ? { body, headers: { "Content-Type": "application/octet-stream" } }
          : { body: JSON.stringify(body), headers: { "Content-Type": "application/json" } }),
    });
    const text = await reply.text();
    if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status} ${text}`);
    return text ? JSON.parse(text) : null;
  };
}

/** A workspace of its own for a test; with sample numbers unless told otherwise. */
export async function newWorkspace(
  base,
  name,
  { template = "sns-recruiting", sample = true } = {},
) {
  const made = await ask(base)("POST", "/api/workspaces", { name, template, sample, locale: "ja" });
  return made.slug;
}

/** The map's one reply. */
export function readMap(base, ws, query = "lang=ja") {
  return ask(base)("GET", `/api/workspaces/${ws}/map?${query}`);
}
