/** The conversation as a list: plain while short, virtual when long, pinned to the newest message unless one scrolls up. */

import { useVirtualizer } from "@tanstack/react-virtual";
import { ArrowDown } from "lucide-react";
import { useCallback, useEffect, useLayoutEffect, useRef, useState, type ReactNode } from "react";
import type { MessageActions } from "./MessageActions";
import { MessageView } from "./MessageView";
import type { SchoolMessage } from "./message";

const virtualFrom = 80;

interface ListProps { messages: SchoolMessage[]; busy: boolean; actions: MessageActions; children: ReactNode }

export default function MessageList({ messages, busy, actions, children }: ListProps) {
  // State, not a ref: the virtual list inside must hear when its scroller exists.
  const [scroller, setScroller] = useState<HTMLDivElement | null>(null);
  const content = useRef<HTMLDivElement>(null);
  const pinned = useRef(true);
  const lastTop = useRef(0);
  const [away, setAway] = useState(false);

  const toEnd = useCallback(() => {
    if (scroller) scroller.scrollTop = scroller.scrollHeight;
  }, [scroller]);

  useEffect(() => {
    if (!content.current || typeof ResizeObserver === "undefined") return;
    const observer = new ResizeObserver(() => pinned.current && toEnd());
    observer.observe(content.current);
    return () => observer.disconnect();
  }, [toEnd]);

  // A question just asked is always brought into view.
  const last = messages.at(-1);
  useLayoutEffect(() => {
    if (last?.role === "user") pinned.current = true;
    if (pinned.current) toEnd();
  }, [last?.id, last?.role, toEnd]);

  return (
    <div className="conversation-frame">
      <div
        ref={setScroller} className="conversation-scroll" tabIndex={0} role="region" aria-label="Conversation"
        onScroll={(event) => {
          const { scrollHeight, scrollTop, clientHeight } = event.currentTarget;
          const near = scrollHeight - scrollTop - clientHeight < 80;
          // Only scrolling up lets go of the end; an answer that grows faster than it is followed does not.
          if (near) pinned.current = true;
          else if (scrollTop < lastTop.current) pinned.current = false;
          lastTop.current = scrollTop;
          setAway(!near && !pinned.current);
        }}
      >
        <div ref={content} className="conversation-content">
          {messages.length > virtualFrom
            ? <VirtualMessages scroller={scroller} messages={messages} busy={busy} actions={actions} />
            : messages.map((message, index) => (
                <div key={message.id} className="message">
                  <MessageView message={message} streaming={busy && index === messages.length - 1} newest={index === messages.length - 1} actions={actions} />
                </div>
              ))}
          {children}
        </div>
      </div>
      {away && (
        <button type="button" className="to-newest" onClick={() => { pinned.current = true; toEnd(); }}>
          <ArrowDown size={16} aria-hidden="true" /> Newest
        </button>
      )}
    </div>
  );
}

function VirtualMessages({ scroller, messages, busy, actions }: Omit<ListProps, "children"> & { scroller: HTMLDivElement | null }) {
  const virtual = useVirtualizer({
    count: messages.length,
    getScrollElement: () => scroller,
    estimateSize: (index) => (messages[index]?.role === "user" ? 84 : 180),
    getItemKey: (index) => messages[index]?.id ?? index,
    overscan: 6,
    initialOffset: () => messages.length * 140,
  });
  return (
    <div className="virtual" style={{ height: virtual.getTotalSize() }}>
      {virtual.getVirtualItems().map((item) => {
        const message = messages[item.index];
        if (!message) return null;
        const newest = item.index === messages.length - 1;
        return (
          <div key={item.key} ref={virtual.measureElement} data-index={item.index} className="message virtual-message" style={{ transform: `translateY(${item.start}px)` }}>
            <MessageView message={message} streaming={busy && newest} newest={newest} actions={actions} />
          </div>
        );
      })}
    </div>
  );
}
