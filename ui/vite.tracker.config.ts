import { defineConfig } from "vite";

/** Builds shirube.js, the script that websites include, beside the screens. */
export default defineConfig({
  publicDir: false,
  build: {
    outDir: "dist",
    emptyOutDir: false, // the screens are there already
    target: "es2020",
    reportCompressedSize: false,
    lib: {
      entry: "tracker/tracker.ts",
      formats: ["iife"],
      name: "shirubeTracker",
      fileName: () => "shirube.js",
    },
  },
});
