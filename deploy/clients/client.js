/** A typed client of the SchoolOS REST API: `schoolos(address, token).GET("/api/v1/classes/{classArm}", …)`. */

import createClient from "openapi-fetch";

/** `token` is an API key (`sos_…`) or an access token. */
export function schoolos(baseUrl, token) {
  return createClient({ baseUrl, headers: { Authorization: `Bearer ${token}` } });
}
