import { type FormEvent, useState } from "react";
import { useOpenView } from "../../api/useViews.ts";
import { LanguageSwitch } from "../../frame/Preferences.tsx";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button } from "../../kit/Button.tsx";
import { Card } from "../../kit/Card.tsx";
import { Field } from "../../kit/Field.tsx";
import { Signpost } from "../../kit/Icon.tsx";
import styles from "./view.module.css";

interface LockedProps {
  token: string;
  onOpen: (pass: string) => void;
}

/** The door of a page with a password. */
export function Locked({ token, onOpen }: LockedProps) {
  const { t } = useLanguage();
  const open = useOpenView(token);
  const [password, setPassword] = useState("");
  async function tell(event: FormEvent) {
    event.preventDefault();
    try {
      onOpen((await open.mutateAsync(password)).pass);
    } catch {
      // Said at the field.
    }
  }
  return (
    <div className={styles.door}>
      <header className={styles.head}>
        <Signpost />
        <span style={{ flex: 1 }} />
        <LanguageSwitch />
      </header>
      <main>
        <Card className={styles.lock}>
          <h1>{t("view.locked")}</h1>
          <p className="quiet">{t("view.locked.line")}</p>
          <form onSubmit={(event) => void tell(event)}>
            <Field
              label={t("view.password")}
              type="password"
              value={password}
              autoComplete="current-password"
              required
              error={open.error?.message}
              onChange={(event) => setPassword(event.target.value)}
            />
            <Button kind="primary" type="submit" disabled={open.isPending || password === ""}>
              {t("view.unlock")}
            </Button>
          </form>
        </Card>
      </main>
    </div>
  );
}
