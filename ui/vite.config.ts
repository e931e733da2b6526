import { writeFile } from "node:fs/promises";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

/** Where `shirube serve` and `shirube demo` listen; SHIRUBE_API points the dev server elsewhere. */
const api = process.env.SHIRUBE_API ?? "http://127.0.0.1:8787";

/**
 * The Go program embeds dist/, and an empty folder cannot be embedded. dist/.gitkeep is committed so
 * that `go build` works without Node; every build empties the folder and puts the file back.
 */
function keepFolder(): Plugin {
  return {
    name: "shirube-keep-folder",
    apply: "build",
    closeBundle: () => writeFile(new URL("dist/.gitkeep", import.meta.url), ""),
  };
}

export default defineConfig({
  plugins: [react(), keepFolder()],
  server: {
    host: "127.0.0.1",
    port: 5173,
    proxy: {
      "/api": {
        target: api,
        changeOrigin: true,
        // The API refuses a foreign Origin, so the proxy speaks as the API's own.
        configure: (proxy) => {
          proxy.on("proxyReq", (request) => {
            if (request.hasHeader("origin")) request.setHeader("origin", api);
          });
        },
      },
    },
  },
  build: {
    outDir: "dist",
    emptyOutDir: true,
    target: "es2022",
    // scripts/firstload.mjs reads the manifest to weigh what a first visit loads.
    manifest: true,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 600,
    rolldownOptions: {
      output: {
        // What nearly every screen uses is one file: thirty small ones would queue behind each
        // other, six at a time.
        codeSplitting: {
          groups: [{ name: "kit", test: /src\/(kit|api|i18n)\/[^/]+$/, minShareCount: 4 }],
        },
      },
    },
  },
});
