// A mail server on this machine that takes every mail and keeps it, for tests that read what the
// program writes to people.

import { once } from "node:events";
import { createServer } from "node:net";

/** Resolves with `url` for --mail-url, `letters()` and `stop()`. */
export async function startPostbox() {
  const letters = [];
  const server = createServer((socket) => {
    let to = "";
    let data = null; // lines of the letter that is coming in
    let rest = "";
    socket.on("error", () => {});
    socket.write("220 postbox.example\r\n");
    socket.on("data", (piece) => {
      rest += piece;
      for (let end = rest.indexOf("\r\n"); end >= 0; end = rest.indexOf("\r\n")) {
        const line = rest.slice(0, end);
        rest = rest.slice(end + 2);
        if (data) {
          if (line !== ".") data.push(line.replace(/^\./, ""));
          else {
            letters.push(read(to, data.join("\n")));
            data = null;
            socket.write("250 taken\r\n");
          }
          continue;
        }
        const verb = line.slice(0, 4).toUpperCase();
        if (verb === "RCPT") to = /<(.*?)>/.exec(line)?.[1] ?? "";
        if (verb === "DATA") data = [];
        if (verb === "QUIT") socket.end("221 bye\r\n");
        else socket.write(verb === "DATA" ? "354 go on\r\n" : "250 ok\r\n");
      }
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `smtp://127.0.0.1:${server.address().port}`,
    letters: () => [...letters],
    async stop() {
      server.close();
    },
  };
}

/** Whom a letter is to, its text, and the link in it. */
function read(to, source) {
  const parts = source.split(/\n--\S+/).map((part) => {
    const [head, ...body] = part.trim().split("\n\n");
    return { head, text: Buffer.from(body.join(""), "base64").toString("utf8") };
  });
  const text = parts.find(({ head }) => /text\/plain/i.test(head))?.text ?? "";
  const page = parts.find(({ head }) => /text\/html/i.test(head))?.text ?? "";
  return { to, text, page, link: /http\S+#\S+/.exec(text)?.[0] ?? "" };
}
