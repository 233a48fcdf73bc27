/**
 * `npm run api` writes src/api/schema.d.ts from ../docs/openapi.json; `npm run api -- --check` fails when it differs.
 * Kept are the routes whose address and the schemas whose name stand in the sources: most capabilities reach the pages as
 * blocks, so a new one changes nothing here, and a page that calls another route runs `npm run api` once.
 */
import { readdir, readFile, writeFile } from "node:fs/promises";
import openapiTypescript, { astToString } from "openapi-typescript";

const document = JSON.parse(await readFile(new URL("../docs/openapi.json", import.meta.url), "utf8"));
const target = new URL("src/api/schema.d.ts", import.meta.url);

const sources = new URL("src/", import.meta.url);
const named = new Set();
const namedSchemas = new Set();
for (const file of await readdir(sources, { recursive: true })) {
  if (!/\.tsx?$/.test(file) || file.endsWith(".d.ts")) continue;
  const text = await readFile(new URL(file, sources), "utf8");
  for (const [, path] of text.matchAll(/"(\/api\/[^"\s]*)"/g)) named.add(path);
  for (const [, name] of text.matchAll(/[sS]chemas(?:"\])?\["(\w+)"\]/g)) namedSchemas.add(name);
}

const paths = Object.fromEntries(Object.entries(document.paths).filter(([path]) => named.has(path)));
const schemas = {};
const gather = (value) => {
  if (Array.isArray(value)) return value.forEach(gather);
  if (!value || typeof value !== "object") return;
  const name = typeof value.$ref === "string" && value.$ref.startsWith("#/components/schemas/") ? value.$ref.slice("#/components/schemas/".length) : null;
  if (name && !(name in schemas)) {
    schemas[name] = document.components.schemas[name];
    gather(schemas[name]);
  }
  Object.values(value).forEach(gather);
};
gather(paths);
for (const name of namedSchemas) if (name in document.components.schemas) gather({ $ref: `#/components/schemas/${name}` });

const kept = { ...document, paths, components: { ...document.components, schemas: Object.fromEntries(Object.entries(schemas).sort(([a], [b]) => (a < b ? -1 : 1))) } };
const text = `/** Generated from docs/openapi.json by \`npm run api\`. Do not edit. */\n\n${astToString(await openapiTypescript(kept, { defaultNonNullable: false }))}`;

if (process.argv.includes("--check")) {
  const current = await readFile(target, "utf8").catch(() => "");
  if (current !== text) {
    console.error("web/src/api/schema.d.ts does not match docs/openapi.json: run `npm run api` in web/ and look at what changed.");
    process.exit(1);
  }
} else {
  await writeFile(target, text);
}
