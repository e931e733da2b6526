import { type FormEvent, useId, useState } from "react";
import { problemAt } from "../api/client.ts";
import type { WriteKey } from "../api/types.ts";
import { useWriteKeyActs, useWriteKeys } from "../api/useKeys.ts";
import { useLanguage } from "../i18n/LanguageProvider.tsx";
import { Button } from "../kit/Button.tsx";
import { Card } from "../kit/Card.tsx";
import { Dialog } from "../kit/Dialog.tsx";
import { Failed } from "../kit/EmptyState.tsx";
import { Field, Select, TextField } from "../kit/Field.tsx";
import { Notice } from "../kit/Notice.tsx";
import { Skeleton } from "../kit/Skeleton.tsx";
import { useToast } from "../kit/Toast.tsx";
import { Copyable } from "./Copyable.tsx";
import { EndKey } from "./EndKey.tsx";
import styles from "./people.module.css";
import { snippet } from "./snippet.ts";

/** The keys events are sent with, each with what to paste. */
export function WriteKeys({ ws, owner }: { ws: string; owner: boolean }) {
  const { t } = useLanguage();
  const say = useToast();
  const keys = useWriteKeys(ws);
  const { end } = useWriteKeyActs(ws);
  const [making, setMaking] = useState(false);
  const [ending, setEnding] = useState<WriteKey | null>(null);
  return (
    <section>
      <div className={styles.head}>
        <div>
          <h2>{t("people.writeKeys")}</h2>
          <p className="quiet">{t("people.writeKeys.line")}</p>
        </div>
        {owner && (
          <Button icon="plus" onClick={() => setMaking(true)}>
            {t("people.key.new")}
          </Button>
        )}
      </div>
      {keys.error && <Failed error={keys.error} retry={() => void keys.refetch()} />}
      {keys.isPending && <Skeleton height={160} />}
      {keys.data && keys.data.keys.length > 0 && (
        <Card flush>
          <ul className={`${styles.list} ${styles.key}`}>
            {keys.data.keys.map((key) => (
              <Row key={key.id} of={key} {...(owner && { onEnd: () => setEnding(key) })} />
            ))}
          </ul>
        </Card>
      )}
      {making && <MakeKey ws={ws} onDone={() => setMaking(false)} />}
      {ending && (
        <EndKey
          name={ending.name}
          line={t("people.key.end.line")}
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

function Row({ of: key, onEnd }: { of: WriteKey; onEnd?: () => void }) {
  const { t, f } = useLanguage();
  const title = t(`people.snippet.${key.kind}`);
  return (
    <li>
      <div className={styles.keyHead}>
        <span className={styles.grow}>
          <b>{key.name}</b>
          <span className={styles.tag}>{t(`people.kind.${key.kind}`)}</span>
          <span className={styles.line}>
            {key.kind === "browser" &&
              `${key.origins.join(t("people.and")) || t("people.anySite")} · `}
            {t("people.key.made", { day: f.longDay(key.created_at.slice(0, 10)) })}
          </span>
        </span>
        {onEnd && (
          <Button
            small
            kind="quiet"
            onClick={onEnd}
            aria-label={`${t("people.key.end")}: ${key.name} ${t(`people.kind.${key.kind}`)}`}
          >
            {t("people.key.end")}
          </Button>
        )}
      </div>
      <p className={styles.line}>{title}</p>
      <Copyable text={snippet(key, location.origin)} label={`${key.name} ${title}`} />
    </li>
  );
}

function MakeKey({ ws, onDone }: { ws: string; onDone: () => void }) {
  const { t } = useLanguage();
  const { make } = useWriteKeyActs(ws);
  const id = useId();
  const [kind, setKind] = useState<WriteKey["kind"]>("browser");
  const [name, setName] = useState("");
  const [sites, setSites] = useState("");
  const wrong = (field: string) => problemAt(make.error, `body.${field}`);
  function send(event: FormEvent) {
    event.preventDefault();
    const origins = kind === "browser" ? sites.split(/[\s、,]+/).filter(Boolean) : [];
    make.mutate({ kind, name, origins }, { onSuccess: onDone });
  }
  return (
    <Dialog
      title={t("people.key.new")}
      onClose={onDone}
      actions={
        <>
          <Button kind="primary" type="submit" form={id} disabled={make.isPending}>
            {t("people.key.create")}
          </Button>
          <Button onClick={onDone}>{t("kit.cancel")}</Button>
        </>
      }
    >
      <form id={id} className={styles.form} onSubmit={send}>
        <Select
          label={t("people.key.kind")}
          value={kind}
          options={(["browser", "server"] as const).map((one) => ({
            value: one,
            label: t(`people.kind.${one}`),
          }))}
          onChange={(event) => setKind(event.target.value === "server" ? "server" : "browser")}
        />
        <Field
          label={t("people.key.name")}
          required
          maxLength={100}
          value={name}
          error={wrong("name")}
          onChange={(event) => setName(event.target.value)}
        />
        {kind === "browser" && (
          <TextField
            label={t("people.key.sites")}
            optional
            hint={t("people.key.sites.hint")}
            value={sites}
            error={wrong("origins")}
            onChange={(event) => setSites(event.target.value)}
          />
        )}
        {make.error && !wrong("name") && !wrong("origins") && (
          <Notice kind="bad">{make.error.message}</Notice>
        )}
      </form>
    </Dialog>
  );
}
