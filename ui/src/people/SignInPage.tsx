import { useNavigate, useSearch } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { useMe, useSignIn } from "../api/useMe.ts";
import { useLanguage } from "../i18n/LanguageProvider.tsx";
import { Button } from "../kit/Button.tsx";
import { Field } from "../kit/Field.tsx";
import { Notice } from "../kit/Notice.tsx";
import { Entry } from "./Entry.tsx";
import { PasswordField } from "./PasswordField.tsx";
import styles from "./people.module.css";

/** Signing in; whoever comes before anybody else is told where the first link is. */
export function SignInPage() {
  const { t } = useLanguage();
  const { next } = useSearch({ from: "/signin" });
  const me = useMe();
  const signIn = useSignIn();
  const navigate = useNavigate();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  if (me.data?.first_start)
    return <Entry title={t("people.signIn.first")} line={t("people.signIn.first.line")} />;
  function send(event: FormEvent) {
    event.preventDefault();
    signIn.mutate(
      { email, password },
      { onSuccess: () => void navigate({ to: next ?? "/", replace: true }) },
    );
  }
  return (
    <Entry title={t("people.signIn")} line={t("people.signIn.line")}>
      <form className={styles.form} onSubmit={send}>
        <Field
          label={t("people.email")}
          type="email"
          name="email"
          autoComplete="username"
          required
          value={email}
          onChange={(event) => setEmail(event.target.value)}
        />
        <PasswordField
          label={t("people.password")}
          name="password"
          autoComplete="current-password"
          required
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
        {signIn.error && <Notice kind="bad">{signIn.error.message}</Notice>}
        <div>
          <Button kind="primary" type="submit" disabled={signIn.isPending}>
            {t(signIn.isPending ? "people.signIn.doing" : "people.signIn")}
          </Button>
        </div>
      </form>
      <p className={`quiet ${styles.small}`}>{t("people.signIn.lost")}</p>
    </Entry>
  );
}
