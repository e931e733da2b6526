// Starts `shirube demo` for the tests and ends it again; nothing else is ever ended.

import { spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import { mkdir, readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { DEMO_DAY } from "./day.mjs";

const STARTS_WITHIN = 180_000; // ms; a start takes under a second, but machines are shared

/**
 * Starts a demo on a free port, on a day that does not move: the same pictures every day.
 * Resolves with its address and `stop`, which resolves with the errors the server had logged.
 */
export async function startDemo(binary, logFile) {
  await mkdir(dirname(logFile), { recursive: true });
  const log = createWriteStream(logFile);
  const child = spawn(binary, ["demo", "--listen", "127.0.0.1:0", "--today", DEMO_DAY], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  child.stderr.pipe(log);
  // However the tests end, the demo must not stay behind.
  const kill = () => child.kill("SIGTERM");
  process.once("exit", kill);
  const ended = new Promise((resolve) => {
    child.once("exit", (code, signal) => resolve(signal ?? code));
    child.once("error", (error) => resolve(error.message));
  });
  const base = await Promise.race([
    address(child),
    ended.then((how) => {
      throw new Error(`${binary} demo ended before it was ready (${how}); see ${logFile}`);
    }),
  ]);
  return {
    base,
    async stop() {
      kill();
      await ended;
      process.off("exit", kill);
      const lines = (await readFile(logFile, "utf8")).split("\n");
      return lines.filter((line) => /level=ERROR|^panic:/.test(line));
    },
  };
}

function address(child) {
  return new Promise((resolve, reject) => {
    let said = "";
    const late = setTimeout(
      () => reject(new Error(`the demo printed no address: ${said}`)),
      STARTS_WITHIN,
    );
    child.stdout.on("data", (piece) => {
      said += piece;
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(said);
      if (!found) return;
      clearTimeout(late);
      resolve(found[0]);
    });
  });
}
