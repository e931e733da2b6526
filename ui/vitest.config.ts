import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

// One zone for everybody; set here because worker threads take the zone of the process that
// starts them. A test about zones says its own.
process.env.TZ = "Asia/Tokyo";

export default defineConfig({
  plugins: [react()],
  test: {
    environment: "jsdom",
    include: ["src/**/*.test.{ts,tsx}"],
    setupFiles: ["./vitest.setup.ts"],
    restoreMocks: true,
    unstubGlobals: true,
    // Threads share what is already loaded; two fit a small machine.
    pool: "threads",
    maxWorkers: 2,
    // How fast a test is says something about the machine, not about the screens.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
