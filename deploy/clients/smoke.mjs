/** Tries the generated TypeScript client on a running copy: `node smoke.mjs ADDRESS TOKEN`. */

import { schoolos } from "./client.js";

const client = schoolos(process.argv[2], process.argv[3]);
const path = (classArm) => ({ params: { path: { classArm } } });
const found = await client.GET("/api/v1/classes/{classArm}", path("JSS 2 Ruby"));
if (!(found.data?.students > 0)) throw new Error(JSON.stringify(found.error));
const missing = await client.GET("/api/v1/classes/{classArm}", path("Nowhere 9"));
if (missing.error?.code !== "not_visible") throw new Error("a wrong name was not refused");
console.log(`typescript: ${found.data.name} has ${found.data.students} students; a wrong name is ${missing.error.code}`);
