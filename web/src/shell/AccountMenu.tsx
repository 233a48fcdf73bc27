import { DropdownMenu } from "radix-ui";
import { ChevronsUpDown, LogOut, Monitor, Moon, Settings, Sun } from "lucide-react";
import { useNavigate } from "react-router";
import { Portrait } from "../design/Portrait";
import { useTheme, type Theme } from "../design/theme";
import { useSession } from "../session/SessionContext";
import { roleWords } from "../session/SignInForm";

export function AccountMenu() {
  const { user, signOut } = useSession();
  const navigate = useNavigate();
  const [theme, setTheme] = useTheme();
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger className="account">
        <Portrait name={user.name} size="small" />
        <span className="person-words">
          <span className="person-name">{user.name}</span>
          <span className="muted">{roleWords(user.role)}</span>
        </span>
        <ChevronsUpDown size={15} aria-hidden="true" />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" side="top" align="start" sideOffset={6}>
          <DropdownMenu.Item className="menu-item" onSelect={() => void navigate("/settings/profile")}><Settings size={16} aria-hidden="true" /> Settings</DropdownMenu.Item>
          <DropdownMenu.Separator className="menu-line" />
          <DropdownMenu.Label className="menu-label">Appearance</DropdownMenu.Label>
          <DropdownMenu.RadioGroup value={theme} onValueChange={(value) => setTheme(value as Theme)}>
            <DropdownMenu.RadioItem className="menu-item" value="system"><Monitor size={16} aria-hidden="true" /> As the device</DropdownMenu.RadioItem>
            <DropdownMenu.RadioItem className="menu-item" value="light"><Sun size={16} aria-hidden="true" /> Light</DropdownMenu.RadioItem>
            <DropdownMenu.RadioItem className="menu-item" value="dark"><Moon size={16} aria-hidden="true" /> Dark</DropdownMenu.RadioItem>
          </DropdownMenu.RadioGroup>
          <DropdownMenu.Separator className="menu-line" />
          <DropdownMenu.Item className="menu-item" onSelect={() => void signOut()}><LogOut size={16} aria-hidden="true" /> Sign out</DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
