import { Portrait } from "../design/Portrait";
import { useTheme, type Theme } from "../design/theme";
import { useSession } from "../session/SessionContext";
import { roleWords } from "../session/SignInForm";
import { PhonePin } from "./PhonePin";

const themes: { value: Theme; label: string }[] = [
  { value: "system", label: "As the device is set" },
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
];

export function Profile() {
  const { user, school, signOut } = useSession();
  const [theme, setTheme] = useTheme();
  return (
    <div className="stack">
      <section className="panel profile">
        <Portrait name={user.name} />
        <div className="profile-words">
          <h2>{user.name}</h2>
          <p className="muted">{roleWords(user.role)} at {school.name}</p>
          {user.email && <p className="muted">{user.email}</p>}
        </div>
        <button type="button" className="button button-quiet" onClick={() => void signOut()}>Sign out</button>
      </section>
      <PhonePin />
      <fieldset className="panel stack-tight">
        <legend className="section-title">Appearance</legend>
        {themes.map(({ value, label }) => (
          <label key={value} className="choice-line">
            <input type="radio" name="theme" value={value} checked={theme === value} onChange={() => setTheme(value)} /> {label}
          </label>
        ))}
      </fieldset>
    </div>
  );
}
