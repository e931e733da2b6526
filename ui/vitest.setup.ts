import { cleanup } from "@testing-library/react";
import { afterEach } from "vitest";

// Without vitest's globals the library cannot register this by itself, and one test's
// screen would still stand when the next begins.
afterEach(cleanup);
