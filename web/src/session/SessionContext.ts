import { createContext, useContext } from "react";
import type { Me } from "../api/types";

export interface Session extends Me {
  signOut: () => Promise<void>;
  /** Read again who one is and how the school looks, after it was changed. */
  refresh: () => Promise<void>;
  /** May this person do it? The server decides; the page only hides what it would refuse. */
  can: (permission: string) => boolean;
}

export const SessionContext = createContext<Session | null>(null);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error("useSession needs a signed-in person.");
  return session;
}
