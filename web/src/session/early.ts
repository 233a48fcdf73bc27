/**
 * The first question to the server, asked before the portal's code is read: may this browser go on from its last sign-in?
 * Imported by boot.ts, which does nothing else, so that the answer travels while the rest is loaded and compiled.
 */
export const early: Promise<Response | null> = fetch("/api/auth/refresh", { method: "POST", credentials: "same-origin", headers: { Accept: "application/json" } }).catch(() => null);
