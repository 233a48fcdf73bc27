import type { Client } from "openapi-fetch";
import type { paths } from "./schema";

/** `token` is an API key (`sos_…`) or an access token. */
export function schoolos(baseUrl: string, token: string): Client<paths>;
