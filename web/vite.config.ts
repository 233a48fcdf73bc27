/// <reference types="vitest/config" />
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const apiAddress = process.env.SCHOOLOS_API ?? "http://127.0.0.1:8000";

const standIn = fileURLToPath(new URL("src/chat/withoutSchemas.ts", import.meta.url));
export const withoutSchemas = { "zod/v4": standIn, "zod/v3": standIn, zod: standIn };

export default defineConfig({
  plugins: [react()],
  resolve: { alias: withoutSchemas },
  build: { target: "es2022", sourcemap: false, chunkSizeWarningLimit: 700 },
  server: { proxy: { "/api": { target: apiAddress, changeOrigin: false } } },
  test: { environment: "jsdom", setupFiles: ["src/testing.ts"], restoreMocks: true },
});
