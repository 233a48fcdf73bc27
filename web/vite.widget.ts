/** The widget: a small classic script at /widget.js, and the conversation it loads from /widget/ when first needed. */
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";
import { compressed, withoutSchemas } from "./vite.config";

/**
 * A classic script from another origin cannot import a relative path (its base is about:blank), so the launcher builds the
 * address from its own. The hash in it is only known once the conversation is built.
 */
const nameTheApp: Plugin = {
  name: "name-the-app",
  generateBundle(_options, bundle) {
    const chunks = Object.values(bundle).filter((file) => file.type === "chunk");
    const app = chunks.find((chunk) => chunk.name === "app");
    const launcher = chunks.find((chunk) => chunk.name === "widget");
    if (!app || !launcher?.code.includes("__WIDGET_APP__")) throw new Error("The launcher or its conversation is missing.");
    launcher.code = launcher.code.replace("__WIDGET_APP__", app.fileName);
  },
};

export default defineConfig({
  plugins: [react(), nameTheApp, compressed],
  define: { "process.env.NODE_ENV": JSON.stringify("production") },
  publicDir: false,
  resolve: {
    alias: {
      ...withoutSchemas,
      "react/jsx-runtime": "preact/jsx-runtime",
      "react-dom/client": "preact/compat/client",
      "react-dom": "preact/compat",
      react: "preact/compat",
    },
  },
  build: {
    target: "es2022",
    emptyOutDir: false,
    lib: { entry: { widget: "src/widget/widget.ts", app: "src/widget/app.tsx" }, formats: ["es"] },
    rollupOptions: {
      output: {
        minify: true,
        entryFileNames: (chunk) => (chunk.name === "widget" ? "widget.js" : "widget/[name]-[hash].js"),
        chunkFileNames: "widget/[name]-[hash].js",
        assetFileNames: "widget/[name]-[hash][extname]",
      },
    },
  },
});
