/** RFC 9457 problem details as an error a page can show. */

export interface ProblemDetails {
  type?: string; title?: string; status?: number; detail?: string; code?: string; requestId?: string;
  errors?: { field?: string; message?: string; where?: string; what?: string }[];
  candidates?: { label?: string; id?: string }[];
}

export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly requestId: string | undefined;
  readonly details: ProblemDetails;

  constructor(status: number, details: ProblemDetails) {
    super(details.detail ?? details.title ?? plainStatus(status));
    this.name = "Problem";
    this.status = status;
    this.code = details.code ?? "";
    this.requestId = details.requestId;
    this.details = details;
  }
}

/** The network, not the server, is the reason: worth keeping the message and trying again. */
export class Unreachable extends Error {
  constructor() {
    super("The school's server cannot be reached.");
    this.name = "Unreachable";
  }
}

export async function problemFrom(response: Response): Promise<Problem> {
  const text = await response.text().catch(() => "");
  try {
    const body: unknown = JSON.parse(text);
    if (body && typeof body === "object") return new Problem(response.status, body);
  } catch {
    // A proxy answered with something other than a problem document; the status still says what happened.
  }
  return new Problem(response.status, {});
}

export function sentence(error: unknown): string {
  if (error instanceof Problem || error instanceof Unreachable) return error.message;
  if (error instanceof Error && error.message) return error.message;
  return "Something went wrong. Please try again.";
}

function plainStatus(status: number): string {
  if (status === 401) return "Your sign-in has ended. Please sign in again.";
  if (status === 403) return "You may not do this.";
  if (status === 404) return "This was not found.";
  if (status === 413) return "This is too large.";
  if (status === 429) return "Too many requests at once. Please wait a moment.";
  if (status >= 500) return "The school's server had a problem. Nothing was lost; please try again.";
  return `The request was refused (${status}).`;
}
