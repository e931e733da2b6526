import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { problemAt } from "../api/client.ts";
import type { Person, SignInPlace } from "../api/types.ts";
import {
  useChangePassword,
  useDescribeMe,
  useEndSignIn,
  useMe,
  useSignIns,
  useSignOut,
} from "../api/useMe.ts";
import { Page } from "../frame/Page.tsx";
import { Topline } from "../frame/Topline.tsx";
import { useLanguage } from "../i18n/LanguageProvider.tsx";
import { Button } from "../kit/Button.tsx";
import { Card } from "../kit/Card.tsx";
import { Dialog } from "../kit/Dialog.tsx";
import { EmptyState, Failed } from "../kit/EmptyState.tsx";
import { Field, Select } from "../kit/Field.tsx";
import { Notice } from "../kit/Notice.tsx";
import { Loading, Skeleton } from "../kit/Skeleton.tsx";
import { useToast } from "../kit/Toast.tsx";
import { AccountRecord } from "./AccountRecord.tsx";
import { browserName } from "./browserName.ts";
import { House } from "./House.tsx";
import { PasswordField } from "./PasswordField.tsx";
import styles from "./people.module.css";
import { Ties } from "./Ties.tsx";

/** One's own name, language, password, and the browsers one is signed in with. */
export function AccountPage() {
  const { t } = useLanguage();
  const me = useMe();
  return (
    <>
      <Topline title={t("people.account")} />
      <Page>
        {me.error && <Failed error={me.error} retry={() => void me.refetch()} />}
        {me.isPending && (
          <>
            <Loading />
            <Skeleton height={320} />
          </>
        )}
        {me.data && !me.data.person && (
          <EmptyState title={t("people.account.none")} line={t("people.account.none.line")} />
        )}
        {me.data?.person && (
          <div className={styles.stack}>
            <Describe person={me.data.person} />
            {me.data.ways.password && <ChangePassword person={me.data.person} />}
            <Places />
            <Ties />
            <AccountRecord />
            {me.data.person.instance_owner && <House />}
          </div>
        )}
      </Page>
    </>
  );
}

function Describe({ person }: { person: Person }) {
  const { t, setLang } = useLanguage();
  const say = useToast();
  const describe = useDescribeMe();
  const [name, setName] = useState(person.name);
  const [locale, setLocale] = useState(person.locale);
  function send(event: FormEvent) {
    event.preventDefault();
    describe.mutate(
      { name, locale },
      {
        onSuccess: () => {
          void setLang(locale);
          say({ text: t("people.account.saved") });
        },
      },
    );
  }
  return (
    <section>
      <h2>{t("people.account.me")}</h2>
      <p className="quiet">{person.email}</p>
      <form className={`${styles.form} ${styles.narrow}`} onSubmit={send}>
        <Field
          label={t("people.name")}
          autoComplete="name"
          required
          maxLength={100}
          value={name}
          error={problemAt(describe.error, "body.name")}
          onChange={(event) => setName(event.target.value)}
        />
        <Select
          label={t("people.account.locale")}
          value={locale}
          options={[
            { value: "ja", label: "日本語" },
            { value: "en", label: "English" },
          ]}
          onChange={(event) => setLocale(event.target.value === "en" ? "en" : "ja")}
        />
        <div>
          <Button kind="primary" type="submit" disabled={describe.isPending}>
            {t("people.account.save")}
          </Button>
        </div>
      </form>
    </section>
  );
}

function ChangePassword({ person }: { person: Person }) {
  const { t } = useLanguage();
  const say = useToast();
  const change = useChangePassword();
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const asked = !person.may_choose; // whoever has just come in without a password is not asked for it
  const wrong = (field: string) => problemAt(change.error, `body.${field}`);
  if (asked && !person.has_password)
    return (
      <section>
        <h2>{t("signin.password.choose")}</h2>
        <p className="quiet">{t("signin.password.none")}</p>
      </section>
    );
  function send(event: FormEvent) {
    event.preventDefault();
    change.mutate(
      { new: next, ...(asked ? { current } : {}) },
      {
        onSuccess: () => {
          setCurrent("");
          setNext("");
          say({ text: t("people.account.changed") });
        },
      },
    );
  }
  return (
    <section>
      <h2>{t(person.has_password ? "people.account.password" : "signin.password.choose")}</h2>
      <p className="quiet">
        {t(asked ? "people.account.password.line" : "signin.password.choose.line")}
      </p>
      <form className={`${styles.form} ${styles.narrow}`} onSubmit={send}>
        {asked && (
          <PasswordField
            label={t("people.account.current")}
            autoComplete="current-password"
            required
            value={current}
            error={wrong("current")}
            onChange={(event) => setCurrent(event.target.value)}
          />
        )}
        <PasswordField
          label={t("people.account.new")}
          autoComplete="new-password"
          required
          hint={t("people.password.hint")}
          value={next}
          error={wrong("new")}
          onChange={(event) => setNext(event.target.value)}
        />
        {change.error && !wrong("current") && !wrong("new") && (
          <Notice kind="bad">{change.error.message}</Notice>
        )}
        <div>
          <Button type="submit" disabled={change.isPending}>
            {t(person.has_password ? "people.account.change" : "signin.password.choose")}
          </Button>
        </div>
      </form>
    </section>
  );
}

function Places() {
  const { t } = useLanguage();
  const places = useSignIns();
  const end = useEndSignIn();
  const signOut = useSignOut();
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  return (
    <section>
      <div className={styles.head}>
        <div>
          <h2>{t("people.account.places")}</h2>
          <p className="quiet">{t("people.account.places.line")}</p>
        </div>
        <Button onClick={() => setAsking(true)}>{t("people.account.everywhere")}</Button>
      </div>
      {places.error && <Failed error={places.error} retry={() => void places.refetch()} />}
      {places.isPending && <Skeleton height={64} />}
      {end.error && <Notice kind="bad">{end.error.message}</Notice>}
      {places.data && (
        <Card flush>
          <ul className={styles.list}>
            {places.data.sign_ins.map((one) => (
              <Place key={one.id} place={one} onEnd={() => end.mutate(one.id)} />
            ))}
          </ul>
        </Card>
      )}
      {asking && (
        <Dialog
          title={t("people.account.everywhere.title")}
          onClose={() => setAsking(false)}
          actions={
            <>
              <Button
                kind="danger"
                disabled={signOut.isPending}
                onClick={() =>
                  signOut.mutate(true, { onSuccess: () => void navigate({ to: "/signin" }) })
                }
              >
                {t("people.account.everywhere")}
              </Button>
              <Button onClick={() => setAsking(false)}>{t("kit.cancel")}</Button>
            </>
          }
        >
          <p>{t("people.account.everywhere.line")}</p>
        </Dialog>
      )}
    </section>
  );
}

function Place({ place, onEnd }: { place: SignInPlace; onEnd: () => void }) {
  const { t, f } = useLanguage();
  const name = browserName(place.user_agent) || t("people.account.unknown");
  return (
    <li>
      <span className={styles.grow}>
        {name}
        {place.current && <span className={styles.tag}>{t("people.account.here")}</span>}
        <span className={styles.line}>
          {t("people.account.seen", { time: f.time(place.last_seen) })} ·{" "}
          {t(`signin.way.${place.way}`)}
        </span>
      </span>
      {!place.current && (
        <Button small onClick={onEnd} aria-label={`${t("people.account.end")}: ${name}`}>
          {t("people.account.end")}
        </Button>
      )}
    </li>
  );
}
