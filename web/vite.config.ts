/// <reference types="vitest/config" />
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const apiAddress = process.env.SCHOOLOS_API ?? "http://127.0.0.1:8000";

export default defineConfig({
  plugins: [react()],
  build: { target: "es2022", sourcemap: false, chunkSizeWarningLimit: 700 },
  server: { proxy: { "/api": { target: apiAddress, changeOrigin: false } } },
  test: { environment: "jsdom", setupFiles: ["src/testing.ts"], restoreMocks: true },
});
