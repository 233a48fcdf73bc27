import { useEffect, useRef } from "react";

/** On a phone a row of tabs is wider than the page: the one that is open is brought into sight. */
export function useInSight<T extends HTMLElement>(open: string) {
  const list = useRef<T>(null);
  useEffect(() => {
    const tab = list.current?.querySelector<HTMLElement>('[data-state="active"], .active');
    if (list.current && tab) list.current.scrollLeft = tab.offsetLeft - list.current.offsetLeft - (list.current.clientWidth - tab.offsetWidth) / 2;
  }, [open]);
  return list;
}
