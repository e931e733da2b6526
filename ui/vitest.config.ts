import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

export default defineConfig({
  plugins: [react()],
  test: {
    environment: "jsdom",
    include: ["src/**/*.test.{ts,tsx}"],
    restoreMocks: true,
    unstubGlobals: true,
    // One clock and one zone for everybody: a test that needs another says so itself.
    env: { TZ: "Asia/Tokyo" },
    // Several files share one jsdom start on a small machine.
    pool: "threads",
    maxWorkers: 2,
  },
});
