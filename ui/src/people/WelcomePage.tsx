import { Link, useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { problemAt } from "../api/client.ts";
import { useEnter, useEntry } from "../api/useMe.ts";
import { useLanguage } from "../i18n/LanguageProvider.tsx";
import { Button, buttonClass } from "../kit/Button.tsx";
import { Field } from "../kit/Field.tsx";
import { Notice } from "../kit/Notice.tsx";
import { Loading, Skeleton } from "../kit/Skeleton.tsx";
import { Entry } from "./Entry.tsx";
import { PasswordField } from "./PasswordField.tsx";
import styles from "./people.module.css";

/** Where a one-time link leads: the first owner, or somebody who was added, chooses a password. */
export function WelcomePage() {
  const { t } = useLanguage();
  // The secret stands behind "#", which is not sent. It leaves the address at once, so that it
  // stays in no history and on no shared screen.
  const [token] = useState(takeToken);
  if (!token)
    return <Entry title={t("people.welcome.none")} line={t("people.welcome.none.line")} />;
  return <WithLink token={token} />;
}

const KEPT = "shirube.entry";

/** From the address, or from this tab's memory: React may ask twice, and readers reload. */
function takeToken(): string {
  const token = location.hash.slice(1);
  if (token) {
    sessionStorage.setItem(KEPT, token);
    history.replaceState(history.state, "", location.pathname);
  }
  return token || (sessionStorage.getItem(KEPT) ?? "");
}

function WithLink({ token }: { token: string }) {
  const { t } = useLanguage();
  const entry = useEntry(token);
  if (entry.error)
    return (
      <Entry title={t("people.welcome.dead")} line={entry.error.message}>
        <p style={{ marginTop: 20 }}>
          <Link to="/signin" className={buttonClass("outline")}>
            {t("people.welcome.toSignIn")}
          </Link>
        </p>
      </Entry>
    );
  if (!entry.data)
    return (
      <Entry title="Shirube">
        <Loading />
        <Skeleton height={240} />
      </Entry>
    );
  return <Choose token={token} {...entry.data} />;
}

interface ChooseProps {
  token: string;
  kind: "owner" | "member";
  name: string;
  email: string;
}

function Choose({ token, kind, name: given, email: known }: ChooseProps) {
  const { t, lang } = useLanguage();
  const enter = useEnter();
  const navigate = useNavigate();
  const [name, setName] = useState(given);
  const [email, setEmail] = useState(known);
  const [password, setPassword] = useState("");
  const wrong = (field: string) => problemAt(enter.error, `body.${field}`);
  const placed = wrong("name") ?? wrong("email") ?? wrong("password");
  const owner = kind === "owner";
  function send(event: FormEvent) {
    event.preventDefault();
    enter.mutate(
      { token, name, email, password, locale: lang },
      {
        onSuccess: () => {
          sessionStorage.removeItem(KEPT);
          void navigate({ to: "/", replace: true });
        },
      },
    );
  }
  return (
    <Entry
      title={owner ? t("people.welcome.owner") : t("people.welcome.member", { name: given })}
      line={t(owner ? "people.welcome.owner.line" : "people.welcome.member.line")}
    >
      <form className={styles.form} onSubmit={send}>
        <Field
          label={t("people.name")}
          autoComplete="name"
          required
          maxLength={100}
          value={name}
          error={wrong("name")}
          onChange={(event) => setName(event.target.value)}
        />
        <Field
          label={t("people.email")}
          type="email"
          autoComplete="username"
          required
          readOnly={!owner}
          value={email}
          error={wrong("email")}
          onChange={(event) => setEmail(event.target.value)}
        />
        <PasswordField
          label={t("people.password")}
          autoComplete="new-password"
          required
          hint={t("people.password.hint")}
          value={password}
          error={wrong("password")}
          onChange={(event) => setPassword(event.target.value)}
        />
        {enter.error && !placed && <Notice kind="bad">{enter.error.message}</Notice>}
        <div>
          <Button kind="primary" type="submit" disabled={enter.isPending}>
            {t(enter.isPending ? "people.welcome.doing" : "people.welcome.do")}
          </Button>
        </div>
      </form>
    </Entry>
  );
}
