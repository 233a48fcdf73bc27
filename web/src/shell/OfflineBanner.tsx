import { WifiOff } from "lucide-react";
import { useOnline } from "../chat/useOnline";

export function OfflineBanner() {
  const online = useOnline();
  return (
    <div role="status">
      {!online && (
        <p className="offline-banner">
          <WifiOff size={16} aria-hidden="true" /> You are offline. What you write is kept and sent when the connection is back.
        </p>
      )}
    </div>
  );
}
