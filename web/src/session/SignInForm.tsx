/** Sign-in by e-mail and password, or by one press on a demo installation. Shared by the portal and the widget. */

import { useQuery } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { useApi } from "../api/ApiContext";
import { body } from "../api/client";
import { Problem, sentence } from "../api/problem";
import { Notice } from "../blocks/Notice";
import { Portrait } from "../design/Portrait";

interface SignInProps { school?: string | undefined; onSignedIn: () => Promise<void> }

export function SignInForm({ school, onSignedIn }: SignInProps) {
  const api = useApi();
  const [busy, setBusy] = useState<string | null>(null);
  const [error, setError] = useState<string | null>(null);
  const demo = useQuery({
    queryKey: ["demo-sign-ins"],
    queryFn: ({ signal }) => body(api.call.GET("/api/demo/sign-ins", { signal })),
    retry: false,
    staleTime: Infinity,
  });

  async function signIn(username: string, password: string) {
    setBusy(username);
    setError(null);
    try {
      await api.signIn(username, password, school);
      await onSignedIn();
    } catch (reason) {
      setError(reason instanceof Problem && reason.status === 401 ? "The e-mail or the password is not right." : sentence(reason));
      setBusy(null);
    }
  }

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    void signIn(text(form.get("username")), text(form.get("password")));
  }

  return (
    <>
      <form className="sign-in-form" onSubmit={submit}>
        <label className="field">
          <span>E-mail</span>
          <input className="input" name="username" type="text" inputMode="email" autoComplete="username" autoCapitalize="none" spellCheck={false} required />
        </label>
        <label className="field">
          <span>Password</span>
          <input className="input" name="password" type="password" autoComplete="current-password" required />
        </label>
        <div role="alert">{error && <Notice tone="danger">{error}</Notice>}</div>
        <button type="submit" className="button button-primary button-wide" disabled={busy !== null}>{busy ? "Signing in…" : "Sign in"}</button>
      </form>
      {demo.data && demo.data.length > 0 && (
        <section className="demo" aria-label="Demo sign-ins">
          <h2>Or look around the demo school as</h2>
          <ul className="demo-list">
            {demo.data.map((person) => (
              <li key={person.email}>
                <button type="button" className="demo-person" disabled={busy !== null} onClick={() => void signIn(person.email, person.password)}>
                  <Portrait name={person.name} />
                  <span className="person-words">
                    <span className="person-name">{person.name}</span>
                    <span className="muted">{roleWords(person.role)}</span>
                  </span>
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

const text = (value: FormDataEntryValue | null) => (typeof value === "string" ? value.trim() : "");

export function roleWords(role: string): string {
  const words = role.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
