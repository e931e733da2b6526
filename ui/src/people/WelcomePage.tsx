import { Link, useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { problemAt } from "../api/client.ts";
import type { Me } from "../api/types.ts";
import { useEnter, useEntry, useMe } from "../api/useMe.ts";
import { useLanguage } from "../i18n/LanguageProvider.tsx";
import { Button, buttonClass } from "../kit/Button.tsx";
import { Field } from "../kit/Field.tsx";
import { Notice } from "../kit/Notice.tsx";
import { Loading, Skeleton } from "../kit/Skeleton.tsx";
import { Entry } from "./Entry.tsx";
import { takeToken } from "./linkToken.ts";
import { PasswordField } from "./PasswordField.tsx";
import styles from "./people.module.css";
import { elsewhere } from "./SignInPage.tsx";

/** Where a one-time link leads: the first owner, or somebody who was added, chooses a password. */
export function WelcomePage() {
  const { t } = useLanguage();
  const [token] = useState(() => takeToken(KEPT));
  if (!token)
    return <Entry title={t("people.welcome.none")} line={t("people.welcome.none.line")} />;
  return <WithLink token={token} />;
}

const KEPT = "shirube.entry";

function WithLink({ token }: { token: string }) {
  const { t } = useLanguage();
  const entry = useEntry(token);
  const me = useMe();
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
  if (!entry.data || !me.data)
    return (
      <Entry title="Shirube">
        <Loading />
        <Skeleton height={240} />
      </Entry>
    );
  return <Choose token={token} ways={me.data.ways} {...entry.data} />;
}

interface ChooseProps {
  token: string;
  ways: Me["ways"];
  kind: "owner" | "member";
  name: string;
  email: string;
}

function Choose({ token, ways, kind, name: given, email: known }: ChooseProps) {
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
      { token, name, email, locale: lang, ...(ways.password ? { password } : {}) },
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
      line={t(
        owner
          ? "people.welcome.owner.line"
          : ways.password
            ? "people.welcome.member.line"
            : "signin.welcome.noPassword",
      )}
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
        {ways.password && (
          <PasswordField
            label={t("people.password")}
            autoComplete="new-password"
            required
            hint={t("people.password.hint")}
            value={password}
            error={wrong("password")}
            onChange={(event) => setPassword(event.target.value)}
          />
        )}
        {enter.error && !placed && <Notice kind="bad">{enter.error.message}</Notice>}
        <div>
          <Button kind="primary" type="submit" disabled={enter.isPending}>
            {t(enter.isPending ? "people.welcome.doing" : "people.welcome.do")}
          </Button>
        </div>
      </form>
      {!owner && ways.oidc && (
        <p className={styles.elsewhere}>
          <a className={buttonClass("outline")} href={elsewhere("/")}>
            {t(ways.password ? "signin.welcome.with" : "signin.with", { name: ways.oidc })}
          </a>
        </p>
      )}
    </Entry>
  );
}
