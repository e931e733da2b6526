// The few things a test claims. What a page shows comes when it comes: `eventually` asks again.

import { isDeepStrictEqual } from "node:util";

const PATIENCE = 15_000; // ms; long for a machine that does other things too
const PAUSE = 40;

/** Fails with a sentence unless the fact holds. */
export function check(fact, sentence) {
  if (!fact) throw new Error(sentence);
}

/** Fails unless both are the same, nested values included. */
export function equal(actual, expected, what) {
  if (isDeepStrictEqual(actual, expected)) return;
  throw new Error(`${what}: found ${JSON.stringify(actual)}, wanted ${JSON.stringify(expected)}`);
}

/** Runs a claim until it neither throws nor is false; fails with what it said last. */
export async function eventually(claim, patience = PATIENCE) {
  const late = Date.now() + patience;
  for (;;) {
    try {
      const said = await claim();
      check(said !== false, `this never held: ${claim}`);
      return said;
    } catch (error) {
      if (Date.now() > late) throw error;
    }
    await new Promise((resume) => setTimeout(resume, PAUSE));
  }
}

/** Waits until something can be seen. */
export async function seen(locator) {
  await locator.waitFor({ state: "visible", timeout: PATIENCE });
}

/** Waits until something cannot be seen any more. */
export async function gone(locator) {
  await locator.waitFor({ state: "hidden", timeout: PATIENCE });
}

/** Waits until a text contains what it should. */
export async function reads(locator, expected, what) {
  await eventually(async () => {
    const text = await locator.innerText();
    const found = expected instanceof RegExp ? expected.test(text) : text.includes(expected);
    check(found, `${what}: found ${JSON.stringify(text)}, wanted ${expected}`);
  });
}
