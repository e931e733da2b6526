import { type FormEvent, useId, useState } from "react";
import { problemAt } from "../api/client.ts";
import type { APIKey } from "../api/types.ts";
import { useAPIKeyActs, useAPIKeys } from "../api/useKeys.ts";
import { useLanguage } from "../i18n/LanguageProvider.tsx";
import { Button } from "../kit/Button.tsx";
import { Card } from "../kit/Card.tsx";
import { Dialog } from "../kit/Dialog.tsx";
import { Failed } from "../kit/EmptyState.tsx";
import { Field, Select } from "../kit/Field.tsx";
import { Notice } from "../kit/Notice.tsx";
import { Skeleton } from "../kit/Skeleton.tsx";
import { useToast } from "../kit/Toast.tsx";
import { Copyable } from "./Copyable.tsx";
import { EndKey } from "./EndKey.tsx";
import styles from "./people.module.css";

const SCOPES = ["read", "write", "events"] as const;
type Scope = (typeof SCOPES)[number];
const DAYS = ["0", "90", "366"] as const;

function isScope(text: string): text is Scope {
  return (SCOPES as readonly string[]).includes(text);
}

/** The keys programs read and write with; each is shown once. */
export function APIKeys({ ws }: { ws: string }) {
  const { t } = useLanguage();
  const say = useToast();
  const keys = useAPIKeys(ws);
  const { end } = useAPIKeyActs(ws);
  const [making, setMaking] = useState(false);
  const [ending, setEnding] = useState<APIKey | null>(null);
  const list = keys.data?.keys;
  return (
    <section>
      <div className={styles.head}>
        <div>
          <h2>{t("people.apiKeys")}</h2>
          <p className="quiet">{t("people.apiKeys.line")}</p>
        </div>
        <Button icon="plus" onClick={() => setMaking(true)}>
          {t("people.key.new")}
        </Button>
      </div>
      {keys.error && <Failed error={keys.error} retry={() => void keys.refetch()} />}
      {keys.isPending && <Skeleton height={56} />}
      {list?.length === 0 && <p className="quiet">{t("people.apiKeys.none")}</p>}
      {list && list.length > 0 && (
        <Card flush>
          <ul className={styles.list}>
            {list.map((key) => (
              <Row key={key.id} of={key} onEnd={() => setEnding(key)} />
            ))}
          </ul>
        </Card>
      )}
      {making && <MakeKey ws={ws} onDone={() => setMaking(false)} />}
      {ending && (
        <EndKey
          name={ending.name}
          line={t("people.api.end.line")}
          busy={end.isPending}
          error={end.error}
          onClose={() => setEnding(null)}
          onEnd={() =>
            end.mutate(ending.id, {
              onSuccess: () => {
                say({ text: t("people.key.ended") });
                setEnding(null);
              },
            })
          }
        />
      )}
    </section>
  );
}

function Row({ of: key, onEnd }: { of: APIKey; onEnd: () => void }) {
  const { t, f } = useLanguage();
  const facts = [
    key.scopes
      .filter(isScope)
      .map((scope) => t(`people.scope.${scope}`))
      .join(t("people.and")),
    key.by && t("people.api.by", { name: key.by }),
    key.last_used ? t("people.api.used", { time: f.time(key.last_used) }) : t("people.api.unused"),
    key.expires_at && t("people.api.until", { day: f.longDay(key.expires_at.slice(0, 10)) }),
  ];
  return (
    <li>
      <span className={styles.grow}>
        <b>{key.name}</b> <span className="quiet num">…{key.hint}</span>
        <span className={styles.line}>{facts.filter(Boolean).join(" · ")}</span>
      </span>
      <Button small kind="quiet" onClick={onEnd} aria-label={`${t("people.key.end")}: ${key.name}`}>
        {t("people.key.end")}
      </Button>
    </li>
  );
}

function MakeKey({ ws, onDone }: { ws: string; onDone: () => void }) {
  const { t } = useLanguage();
  const { make } = useAPIKeyActs(ws);
  const id = useId();
  const [name, setName] = useState("");
  const [scopes, setScopes] = useState<Scope[]>(["read"]);
  const [days, setDays] = useState<(typeof DAYS)[number]>("366");
  if (make.data)
    return (
      <Dialog
        title={t("people.api.made")}
        onClose={onDone}
        actions={<Button onClick={onDone}>{t("links.done")}</Button>}
      >
        <p>{t("people.api.made.line")}</p>
        <Copyable text={make.data.key} label={name} />
      </Dialog>
    );
  function send(event: FormEvent) {
    event.preventDefault();
    make.mutate({ name, scopes, days: Number(days) });
  }
  return (
    <Dialog
      title={t("people.key.new")}
      onClose={onDone}
      actions={
        <>
          <Button
            kind="primary"
            type="submit"
            form={id}
            disabled={make.isPending || scopes.length === 0}
          >
            {t("people.key.create")}
          </Button>
          <Button onClick={onDone}>{t("kit.cancel")}</Button>
        </>
      }
    >
      <form id={id} className={styles.form} onSubmit={send}>
        <Field
          label={t("people.key.name")}
          required
          maxLength={100}
          value={name}
          error={problemAt(make.error, "body.name")}
          onChange={(event) => setName(event.target.value)}
        />
        <fieldset className={styles.checks}>
          <legend>{t("people.scopes")}</legend>
          {SCOPES.map((scope) => (
            <label key={scope}>
              <input
                type="checkbox"
                checked={scopes.includes(scope)}
                onChange={(event) =>
                  setScopes((now) =>
                    event.target.checked ? [...now, scope] : now.filter((one) => one !== scope),
                  )
                }
              />
              {t(`people.scope.${scope}`)}
            </label>
          ))}
        </fieldset>
        <Select
          label={t("people.api.days")}
          value={days}
          options={DAYS.map((one) => ({ value: one, label: t(`people.api.days.${one}`) }))}
          onChange={(event) => setDays(DAYS.find((one) => one === event.target.value) ?? "366")}
        />
        {make.error && !problemAt(make.error, "body.name") && (
          <Notice kind="bad">{make.error.message}</Notice>
        )}
      </form>
    </Dialog>
  );
}
