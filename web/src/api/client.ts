/** One door to the API: bearer token in memory, one refresh at a time, problems as errors. */

import createClient, { type Client } from "openapi-fetch";
import { Problem, Unreachable, problemFrom } from "./problem";
import type { paths } from "./schema";
import type { Me, TokenGrant } from "./types";

export type TokenSource = () => Promise<string | null>;

export class ApiClient {
  readonly base: string;
  private token: string | null = null;
  private grant: TokenGrant | null = null;
  private refreshing: Promise<string | null> | null = null;
  /** How a new token is had: the refresh cookie in the portal, the host page in the widget. */
  private readonly renew: TokenSource;
  onSignedOut: (() => void) | null = null;
  /** Every route by its path, typed from docs/openapi.json: `body(api.call.GET("/api/runs"))`. */
  readonly call: Client<paths>;

  /** The refresh that boot.ts asked for already; used once. */
  private early: Promise<Response | null> | null;

  constructor(base = "", renew?: TokenSource, early: Promise<Response | null> | null = null) {
    this.early = early;
    this.base = base;
    this.renew = renew ?? (() => this.refreshByCookie());
    this.call = createClient<paths>({ baseUrl: base || window.location.origin, fetch: (request) => this.forward(request) });
  }

  setToken(token: string | null): void {
    this.token = token;
  }

  async currentToken(): Promise<string | null> {
    return this.token ?? (await this.renewOnce());
  }

  address(path: string): string {
    return this.base + path;
  }

  /** Fetch with the caller's token; an expired token is renewed once. Throws Problem or Unreachable. */
  async fetch(path: string, init: RequestInit = {}): Promise<Response> {
    let response = await this.send(path, init);
    if (response.status === 401 && !path.startsWith("/api/auth/")) {
      const renewed = await this.renewOnce();
      if (renewed) response = await this.send(path, init);
      if (!renewed || response.status === 401) this.onSignedOut?.();
    }
    if (!response.ok) throw await problemFrom(response);
    return response;
  }

  async signIn(username: string, password: string, school?: string): Promise<TokenGrant> {
    const form = new URLSearchParams({ username, password });
    if (school) form.set("school", school);
    const grant = (await (await this.fetch("/api/auth/token", { method: "POST", body: form })).json()) as TokenGrant;
    this.token = grant.accessToken;
    this.grant = grant;
    return grant;
  }

  /** Who one is, as the newest sign-in said; null when only the server can tell (or it was asked for before). */
  takeMe(): Me | null {
    const grant = this.grant;
    this.grant = null;
    return grant && { user: grant.user, school: grant.school, permissions: grant.permissions };
  }

  async signOut(): Promise<void> {
    this.token = null;
    await this.fetch("/api/auth/sign-out", { method: "POST" }).catch(() => undefined);
  }

  private async forward(request: Request): Promise<Response> {
    const { pathname, search } = new URL(request.url);
    const given = request.method === "GET" || request.method === "HEAD" ? {} : { body: await request.text() };
    return this.fetch(pathname + search, { method: request.method, headers: request.headers, signal: request.signal, ...given });
  }

  renewOnce(): Promise<string | null> {
    this.refreshing ??= this.renew()
      .then((token) => (this.token = token))
      .finally(() => (this.refreshing = null));
    return this.refreshing;
  }

  private async refreshByCookie(): Promise<string | null> {
    const asked = this.early;
    this.early = null;
    const response = (await asked) ?? (await this.send("/api/auth/refresh", { method: "POST" }));
    if (response.status >= 500) throw await problemFrom(response);
    if (!response.ok) return null;
    this.grant = (await response.json()) as TokenGrant;
    return this.grant.accessToken;
  }

  private async send(path: string, init: RequestInit): Promise<Response> {
    const headers = new Headers(init.headers);
    if (this.token && !path.startsWith("/api/auth/")) headers.set("Authorization", `Bearer ${this.token}`);
    if (!headers.has("Accept")) headers.set("Accept", "application/json");
    // The audit trail says that it was done on the web, not by some program.
    headers.set("X-SchoolOS-Client", "web");
    try {
      return await fetch(this.base + path, { credentials: this.base ? "omit" : "same-origin", ...init, headers });
    } catch (error) {
      if (init.signal?.aborted) throw error;
      throw new Unreachable();
    }
  }
}

/** What an answer carries. A refusal has already been thrown as a Problem. */
export async function body<T>(answer: Promise<{ data?: T }>): Promise<T> {
  return (await answer).data as T;
}

export function isProblem(error: unknown, ...codes: string[]): error is Problem {
  return error instanceof Problem && (codes.length === 0 || codes.includes(error.code));
}
