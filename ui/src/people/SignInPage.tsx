import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { type FormEvent, useRef, useState } from "react";
import type { Me } from "../api/types.ts";
import { useMe, useSignIn } from "../api/useMe.ts";
import { useAskLink } from "../api/useSignInLink.ts";
import { useLanguage } from "../i18n/LanguageProvider.tsx";
import { Button, buttonClass } from "../kit/Button.tsx";
import { Field } from "../kit/Field.tsx";
import { Notice } from "../kit/Notice.tsx";
import { Loading, Skeleton } from "../kit/Skeleton.tsx";
import { Entry } from "./Entry.tsx";
import { PasswordField } from "./PasswordField.tsx";
import styles from "./people.module.css";

/** Signing in; whoever comes before anybody else is told where the first link is. */
export function SignInPage() {
  const { t } = useLanguage();
  const me = useMe();
  if (me.data?.first_start)
    return <Entry title={t("people.signIn.first")} line={t("people.signIn.first.line")} />;
  if (me.data?.open)
    return (
      <Entry title={t("people.account.none")}>
        <p style={{ marginTop: 20 }}>
          <Link to="/" className={buttonClass("primary")}>
            {t("people.welcome.do")}
          </Link>
        </p>
      </Entry>
    );
  if (!me.data)
    return (
      <Entry title={t("people.signIn")} line={t("people.signIn.line")}>
        <Loading />
        <Skeleton height={240} />
      </Entry>
    );
  return <Ways ways={me.data.ways} />;
}

/** Every way in there is here, the one that takes least first. */
function Ways({ ways }: { ways: Me["ways"] }) {
  const { t } = useLanguage();
  const { next, problem } = useSearch({ from: "/signin" });
  const signIn = useSignIn();
  const ask = useAskLink();
  const navigate = useNavigate();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const form = useRef<HTMLFormElement>(null);
  if (ask.data) return <Sent email={email} minutes={ask.data.minutes} onBack={() => ask.reset()} />;
  function askLink() {
    const address = form.current?.elements.namedItem("email");
    if (address instanceof HTMLInputElement && address.reportValidity()) ask.mutate(email);
  }
  function send(event: FormEvent) {
    event.preventDefault();
    if (!ways.password) return askLink();
    signIn.mutate(
      { email, password },
      { onSuccess: () => void navigate({ to: next ?? "/", replace: true }) },
    );
  }
  const failed = signIn.error ?? ask.error;
  return (
    <Entry title={t("people.signIn")} line={t("people.signIn.line")}>
      {problem && (
        <div className={styles.problem}>
          <Notice kind="bad">{t(`signin.problem.${problem}`)}</Notice>
        </div>
      )}
      {ways.oidc && (
        <p className={styles.elsewhere}>
          <a className={buttonClass("outline")} href={elsewhere(next)}>
            {t("signin.with", { name: ways.oidc })}
          </a>
        </p>
      )}
      {ways.oidc && (ways.password || ways.mail) && (
        <p className={styles.or}>
          <span>{t("signin.or")}</span>
        </p>
      )}
      {(ways.password || ways.mail) && (
        <form className={styles.form} onSubmit={send} ref={form}>
          <Field
            label={t("people.email")}
            type="email"
            name="email"
            autoComplete="username"
            required
            maxLength={300}
            value={email}
            onChange={(event) => setEmail(event.target.value)}
          />
          {ways.password && (
            <PasswordField
              label={t("people.password")}
              name="password"
              autoComplete="current-password"
              required
              value={password}
              onChange={(event) => setPassword(event.target.value)}
            />
          )}
          {failed && <Notice kind="bad">{failed.message}</Notice>}
          <div className={styles.buttons}>
            {ways.password && (
              <Button kind="primary" type="submit" disabled={signIn.isPending}>
                {t(signIn.isPending ? "people.signIn.doing" : "people.signIn")}
              </Button>
            )}
            {ways.mail && (
              <Button
                kind={ways.password ? "outline" : "primary"}
                disabled={ask.isPending}
                onClick={askLink}
              >
                {t(
                  ask.isPending
                    ? "signin.asking"
                    : ways.password
                      ? "signin.byMail"
                      : "signin.askLink",
                )}
              </Button>
            )}
          </div>
        </form>
      )}
      {ways.password && (
        <p className={`quiet ${styles.small}`}>
          {t(ways.mail ? "signin.lost.mail" : "people.signIn.lost")}
        </p>
      )}
      {!ways.password && ways.mail && (
        <p className={`quiet ${styles.small}`}>{t("signin.link.only")}</p>
      )}
    </Entry>
  );
}

/** Where one signs in elsewhere; it leads back to where one wanted to go. */
export function elsewhere(next: string | undefined): string {
  return `/oidc/start?next=${encodeURIComponent(next ?? "/")}`;
}

interface SentProps {
  email: string;
  minutes: number;
  onBack: () => void;
}

function Sent({ email, minutes, onBack }: SentProps) {
  const { t } = useLanguage();
  return (
    <Entry title={t("signin.sent")} line={t("signin.sent.line", { email, minutes })}>
      <p className={`quiet ${styles.small} ${styles.after}`}>{t("signin.sent.missing")}</p>
      <p className={styles.after}>
        <Button onClick={onBack}>{t("signin.sent.back")}</Button>
      </p>
    </Entry>
  );
}
