// An OpenID Connect issuer on this machine: it signs in whoever it is told to, at once, with
// codes that work once and only with their verifier, and signed answers.

import { createHash, createSign, generateKeyPairSync, randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";

export const CLIENT = "shirube-e2e";
export const SECRET = "a secret of the client";

/** Resolves with `url`, `person` (claims of whoever signs in next; change them) and `stop()`. */
export async function startIssuer() {
  const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const codes = new Map();
  const issuer = { url: "", person: {}, stop: async () => server.close() };
  const encode = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
  function signed(claims) {
    const text = `${encode({ alg: "RS256", kid: "k" })}.${encode(claims)}`;
    return `${text}.${createSign("RSA-SHA256").update(text).sign(privateKey, "base64url")}`;
  }
  const pages = {
    "/.well-known/openid-configuration": () => ({
      issuer: issuer.url,
      authorization_endpoint: `${issuer.url}/authorize`,
      token_endpoint: `${issuer.url}/token`,
      jwks_uri: `${issuer.url}/keys`,
      id_token_signing_alg_values_supported: ["RS256"],
    }),
    "/keys": () => ({
      keys: [{ ...publicKey.export({ format: "jwk" }), kid: "k", alg: "RS256", use: "sig" }],
    }),
  };
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url, issuer.url);
    const tell = (status, body) => {
      response.writeHead(status, { "content-type": "application/json" });
      response.end(JSON.stringify(body));
    };
    if (pathname === "/authorize") {
      const code = randomUUID();
      codes.set(code, { asked: searchParams, person: issuer.person });
      const back = new URL(searchParams.get("redirect_uri"));
      back.search = new URLSearchParams({ code, state: searchParams.get("state") });
      response.writeHead(302, { location: back.href });
      response.end();
      return;
    }
    if (pathname === "/token") {
      let body = "";
      for await (const piece of request) body += piece;
      const form = new URLSearchParams(body);
      const given = codes.get(form.get("code"));
      codes.delete(form.get("code"));
      const challenge = createHash("sha256").update(form.get("code_verifier") ?? "");
      if (given?.asked.get("code_challenge") !== challenge.digest("base64url"))
        return tell(400, { error: "invalid_grant" });
      const now = Math.floor(Date.now() / 1000);
      const claims = {
        iss: issuer.url,
        aud: CLIENT,
        nonce: given.asked.get("nonce"),
        iat: now,
        exp: now + 300,
        ...given.person,
      };
      return tell(200, { access_token: "a", token_type: "Bearer", id_token: signed(claims) });
    }
    const page = pages[pathname];
    tell(page ? 200 : 404, page ? page() : {});
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  issuer.url = `http://127.0.0.1:${server.address().port}`;
  return issuer;
}
