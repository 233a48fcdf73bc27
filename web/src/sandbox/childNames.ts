import type { SandboxPhone } from "../api/types";

/** Whose phone it is: the children of its owner. */
export function childNames(phone: SandboxPhone): string {
  return phone.children.join(", ");
}
