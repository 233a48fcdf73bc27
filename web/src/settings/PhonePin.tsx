import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { useApi } from "../api/ApiContext";
import { body } from "../api/client";
import { sentence } from "../api/problem";
import { Notice } from "../blocks/Notice";

const queryKey = ["phone-pin"];

/** Four digits that the person's phone is asked for before marks or fees are told on it. */
export function PhonePin() {
  const api = useApi();
  const queries = useQueryClient();
  const [pin, setPin] = useState("");
  const { data } = useQuery({ queryKey, queryFn: ({ signal }) => body(api.call.GET("/api/me/phone-pin", { signal })) });
  const change = useMutation({
    mutationFn: (next: string | null) => body(next ? api.call.PUT("/api/me/phone-pin", { body: { pin: next } }) : api.call.DELETE("/api/me/phone-pin")),
    onSuccess: (answer) => { queries.setQueryData(queryKey, answer); setPin(""); },
  });
  if (!data?.phone) return null;
  const submit = (event: FormEvent) => { event.preventDefault(); change.mutate(pin); };
  return (
    <form className="panel stack-tight" onSubmit={submit} aria-label="PIN for your phone">
      <h2 className="section-title">PIN for your phone</h2>
      <p className="muted">
        {data.isSet
          ? `Whoever asks about marks or fees from ${data.phone} is asked for your PIN first.`
          : `Anyone who holds ${data.phone} can ask us about marks and fees by SMS or WhatsApp. A PIN keeps them to you.`}
      </p>
      <div className="button-row pin-row">
        <label className="field"><span>{data.isSet ? "New PIN" : "Four digits"}</span>
          <input
            className="input narrow" type="password" inputMode="numeric" autoComplete="new-password" pattern="[0-9]{4}" maxLength={4} required
            title="Four digits" value={pin} onChange={(event) => setPin(event.target.value.replaceAll(/\D/g, ""))}
          />
        </label>
        <button type="submit" className="button button-primary" disabled={change.isPending || pin.length !== 4}>{data.isSet ? "Change the PIN" : "Set the PIN"}</button>
        {data.isSet && <button type="button" className="button button-quiet" disabled={change.isPending} onClick={() => change.mutate(null)}>Remove it</button>}
      </div>
      <div role="status">
        {change.error && <Notice tone="danger">{sentence(change.error)}</Notice>}
        {change.isSuccess && <Notice tone="success">{change.data.isSet ? "Your PIN is set. It opens your phone for 30 minutes each time you send it." : "Your phone needs no PIN any more."}</Notice>}
      </div>
    </form>
  );
}
