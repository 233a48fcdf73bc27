import { Notice } from "../blocks/Notice";
import { useTitle } from "../shell/useTitle";
import { Wordmark } from "../shell/Wordmark";
import { SignInForm } from "./SignInForm";

export function SignInPage({ ended, onSignedIn }: { ended: boolean; onSignedIn: () => Promise<void> }) {
  useTitle("Sign in");
  return (
    <div className="sign-in">
      <section className="sign-in-side" aria-hidden="true">
        <Wordmark />
        <p className="sign-in-promise">Say what should be done. See exactly what will happen. Approve it.</p>
        <ul className="sign-in-points">
          <li>Nothing is changed or sent before you have approved its preview.</li>
          <li>Every figure comes from the school's own records.</li>
          <li>What was done can be undone.</li>
        </ul>
      </section>
      <main className="sign-in-main">
        <div className="sign-in-box">
          <h1>Sign in</h1>
          {ended && <Notice tone="info">Your sign-in has ended. Sign in again to go on; nothing you wrote is lost.</Notice>}
          <SignInForm onSignedIn={onSignedIn} />
        </div>
      </main>
    </div>
  );
}
