import type { Capability } from "../api/types";

/** Sense only after something was said: not to begin with. */
const leansOnBefore = /\b(it|its|that|this one|those|these|them|they|him|her|why)\b/i;

/** What people of a role come for most, and the capability that answers it. */
const firstAsked: Record<string, [capability: string, words: string][]> = {
  guardian: [["show_student", "How is my child doing?"], ["show_attendance", "Was my child in school today?"], ["show_own_fees", "How much do I owe?"], ["ask_documents", "When do the gates close?"]],
  student: [["show_results", "How am I doing?"], ["show_my_timetable", "My timetable tomorrow"], ["show_attendance", "How is my attendance?"], ["ask_documents", "What is the uniform policy?"]],
  bursar: [["find_owing", "Who still owes fees?"], ["schedule_fee_reminder", "Remind guardians who still owe tuition"], ["show_fee_schedule", "Show the fee schedule"], ["draft_letter", "Draft a letter to guardians about fees"]],
};

/** A few things this person may really ask: what their role asks most, else one utterance a capability, doing before asking. */
export function openingSuggestions(capabilities: Capability[], limit = 4, role = ""): string[] {
  const names = new Set(capabilities.map((one) => one.name));
  const asked = (firstAsked[role] ?? []).filter(([capability]) => names.has(capability)).map(([, words]) => words);
  if (asked.length > 0) return asked.slice(0, limit);
  const rank: Record<string, number> = { send: 0, write: 1, read: 2 };
  const speakable = capabilities.map((one) => ({ ...one, says: one.says.filter((words) => !leansOnBefore.test(words)) })).filter((one) => one.says.length > 0);
  const byEffect = [...speakable].sort((a, b) => (rank[a.effect] ?? 3) - (rank[b.effect] ?? 3));
  const doing = byEffect.filter((capability) => capability.effect !== "read").slice(0, Math.floor(limit / 2));
  const asking = byEffect.filter((capability) => capability.effect === "read").slice(0, limit - doing.length);
  return [...doing, ...asking].flatMap((capability) => capability.says.slice(0, 1));
}
