/**
 * `npm run api` writes src/api/schema.d.ts from ../docs/openapi.json; `npm run api -- --check` fails when it differs.
 * Only the routes the pages use are kept: most capabilities reach them as blocks, so a new one changes nothing here.
 */
import { readFile, writeFile } from "node:fs/promises";
import openapiTypescript, { astToString } from "openapi-typescript";

const document = JSON.parse(await readFile(new URL("../docs/openapi.json", import.meta.url), "utf8"));
const target = new URL("src/api/schema.d.ts", import.meta.url);

const used = /^\/api\/(analytics|ai\/(?:chat|curriculum|documents|generate-questions|question-papers)|approvals|audit|auth|capabilities|conversations|demo|files|keys|me|notifications|reports|runs|sandbox|timetable|uploads|webhooks|v1\/webhook-messages|v1\/webhooks|v1\/students\/\{student\}\/remark)(\/|$)/;
const usedCapabilities = /^\/api\/v1\/(school|grading-scales|second-approval|classes|imports|exports|inbox)(\/logo|\/\{conversation\}(\/\w+)?)?$/;
const usedForMessages = /^\/api\/(channel-accounts|v1\/(message-templates|message-settings|deliveries|digest))(\/\{(account_id|matter)\}(\/\{channel\})?)?$/;
const paths = Object.fromEntries(Object.entries(document.paths).filter(([path]) => used.test(path) || usedCapabilities.test(path) || usedForMessages.test(path)));
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
