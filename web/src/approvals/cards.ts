import { body } from "../api/client";
import type { components } from "../api/schema";
import type { ApprovalCard } from "../api/types";

type Sent = components["schemas"]["ApprovalCard"];

/** The OpenAPI document leaves a card's preview and result open; the contract (tools/results.py) says what they hold. */
export async function card(answer: Promise<{ data?: Sent }>): Promise<ApprovalCard> {
  return (await body(answer)) as unknown as ApprovalCard;
}

export async function cards(answer: Promise<{ data?: { items: Sent[] } }>): Promise<{ items: ApprovalCard[] }> {
  return (await body(answer)) as unknown as { items: ApprovalCard[] };
}
