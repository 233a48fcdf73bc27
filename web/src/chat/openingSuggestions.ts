import type { Capability } from "../api/types";

/** Sense only after something was said: not to begin with. */
const leansOnBefore = /\b(it|its|that|this one|those|these|them|they|him|her|why)\b/i;

/** A few things this person may really ask: one utterance a capability, sending and writing first, at most four. */
export function openingSuggestions(capabilities: Capability[], limit = 4): string[] {
  const rank: Record<string, number> = { send: 0, write: 1, read: 2 };
  const speakable = capabilities.map((one) => ({ ...one, says: one.says.filter((words) => !leansOnBefore.test(words)) })).filter((one) => one.says.length > 0);
  const byEffect = [...speakable].sort((a, b) => (rank[a.effect] ?? 3) - (rank[b.effect] ?? 3));
  const doing = byEffect.filter((capability) => capability.effect !== "read").slice(0, Math.floor(limit / 2));
  const asking = byEffect.filter((capability) => capability.effect === "read").slice(0, limit - doing.length);
  return [...doing, ...asking].flatMap((capability) => capability.says.slice(0, 1));
}
