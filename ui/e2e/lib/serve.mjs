// Starts the real program on a fresh folder: people have to sign in.

import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

const BINARY =
  process.env.SHIRUBE_BIN || new URL("../../../build/shirube", import.meta.url).pathname;
const STARTS_WITHIN = 30_000; // ms

/**
 * Starts it, with more flags and environment where wanted. Resolves with its address, the one-time link it printed, and `stop`, which resolves with what
 * it had logged.
 */
export async function startServe(flags = [], environment = {}) {
  const folder = await mkdtemp(join(tmpdir(), "shirube-e2e-"));
  const child = spawn(BINARY, ["serve", "--data", folder, "--listen", "127.0.0.1:0", ...flags], {
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let logged = "";
  child.stderr.on("data", (piece) => {
    logged += piece;
  });
  // However the tests end, it must not stay behind.
  const kill = () => child.kill("SIGTERM");
  process.once("exit", kill);
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const link = await new Promise((resolve, reject) => {
    let said = "";
    const late = setTimeout(() => reject(new Error(`no link: ${said}${logged}`)), STARTS_WITHIN);
    child.once("exit", () => reject(new Error(`ended before it was ready: ${said}${logged}`)));
    child.stdout.on("data", (piece) => {
      said += piece;
      const found = /^(http:\S+\/welcome#\S+)$/m.exec(said);
      if (!found) return;
      clearTimeout(late);
      resolve(found[1]);
    });
  });
  return {
    base: new URL(link).origin,
    link,
    async stop() {
      kill();
      await ended;
      process.off("exit", kill);
      const kept = await readFile(join(folder, "shirube.db"));
      await rm(folder, { recursive: true, force: true });
      return { logged, kept };
    },
  };
}
