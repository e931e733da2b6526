// Somebody's program on this machine that answers with tables, for connections to fetch.

import { createServer } from "node:http";

/** Starts it on the texts of its paths; resolves with its address and `stop`. */
export async function startFeed(texts) {
  const server = createServer(({ url }, reply) => {
    const { pathname } = new URL(url, "http://feed");
    const text = texts[pathname];
    const kind = text?.startsWith("<") ? "text/html" : "text/csv";
    reply.writeHead(text === undefined ? 404 : 200, { "Content-Type": `${kind}; charset=utf-8` });
    reply.end(text);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    base: `http://127.0.0.1:${server.address().port}`,
    stop: () => new Promise((resolve) => server.close(resolve)),
  };
}
