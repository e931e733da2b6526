import { cleanup } from "@testing-library/react";
import { afterEach } from "vitest";
import { learn } from "./src/i18n/translate.ts";

// Tests speak at once; a reader's browser fetches the one language it needs.
await Promise.all([learn("ja"), learn("en")]);

// Without vitest's globals the library cannot register this by itself, and one test's
// screen would still stand when the next begins.
afterEach(cleanup);
