import { createContext, useContext } from "react";

/** How a block speaks for the person: a choice pressed is sent as the next message. Null where there is no conversation. */
export const SayContext = createContext<((text: string) => void) | null>(null);
export const useSay = () => useContext(SayContext);
