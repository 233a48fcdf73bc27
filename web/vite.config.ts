/// <reference types="vitest/config" />
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

const apiAddress = process.env.SCHOOLOS_API ?? "http://127.0.0.1:8000";

const standIn = fileURLToPath(new URL("src/chat/withoutSchemas.ts", import.meta.url));
export const withoutSchemas = { "zod/v4": standIn, "zod/v3": standIn, zod: standIn };

/** What boot.ts loads is named in the page too, so that it is fetched beside it and not after it. */
const preloadMain: Plugin = {
  name: "preload-main",
  transformIndexHtml: {
    order: "post",
    handler: (_html, { bundle }) => {
      const chunks = Object.values(bundle ?? {}).filter((file) => file.type === "chunk");
      const main = chunks.find((chunk) => chunk.name === "main");
      if (!main) return [];
      // The page most people open, too.
      const assistant = chunks.find((chunk) => chunk.name === "AssistantPage");
      const code = new Set([main, assistant].flatMap((chunk) => (chunk ? [chunk.fileName, ...chunk.imports] : [])));
      const css = [...(main.viteMetadata?.importedCss ?? [])];
      return [
        ...[...code].map((file) => ({ tag: "link", injectTo: "head" as const, attrs: { rel: "modulepreload", crossorigin: true, href: `/${file}` } })),
        ...css.map((file) => ({ tag: "link", injectTo: "head" as const, attrs: { rel: "stylesheet", crossorigin: true, href: `/${file}` } })),
      ];
    },
  },
};

/** Every text file beside itself, compressed once at its best: the server hands out what the browser takes. */
export const compressed: Plugin = {
  name: "compressed",
  writeBundle: async ({ dir }, bundle) => {
    for (const name of Object.keys(bundle).filter((file) => /\.(js|css|html|svg)$/.test(file))) {
      const path = `${dir ?? "dist"}/${name}`;
      const text = await readFile(path);
      await writeFile(`${path}.br`, brotliCompressSync(text));
      await writeFile(`${path}.gz`, gzipSync(text, { level: 9 }));
    }
  },
};

export default defineConfig({
  plugins: [react(), preloadMain, compressed],
  resolve: { alias: withoutSchemas },
  build: { target: "es2022", sourcemap: false, chunkSizeWarningLimit: 700 },
  server: { proxy: { "/api": { target: apiAddress, changeOrigin: false } } },
  test: { environment: "jsdom", setupFiles: ["src/testing.ts"], restoreMocks: true, testTimeout: 30_000 },
});
