import { type FormEvent, useState } from "react";
import type { components } from "../../../api/schema";
import type { AlertKind } from "../../../api/useAlerts.ts";
import {
  type NewNoticePlace,
  type NoticeKind,
  type NoticePlace,
  useKeepNotice,
} from "../../../api/useNotices.ts";
import { useLanguage } from "../../../i18n/LanguageProvider.tsx";
import { Button } from "../../../kit/Button.tsx";
import { Card } from "../../../kit/Card.tsx";
import { Choices } from "../../../kit/Choices.tsx";
import { Field, Select } from "../../../kit/Field.tsx";
import { Notice } from "../../../kit/Notice.tsx";
import styles from "./places.module.css";

const KINDS: NoticeKind[] = ["slack", "chatwork", "teams", "lineworks", "mail", "webhook"];

const KINDS_OF_ALERTS: AlertKind[] = [
  "milestone",
  "pace",
  "step",
  "link",
  "stale",
  "leads",
  "review",
  "question",
  "agreement",
];

interface PlaceFormProps {
  ws: string;
  reply: components["schemas"]["NoticesReply"];
  /** Absent: a new one. */
  place?: NoticePlace;
  onDone: () => void;
}

/** A place to be told at, with what opens it; what is kept of that is never shown again. */
export function PlaceForm({ ws, reply, place, onDone }: PlaceFormProps) {
  const { t } = useLanguage();
  const keep = useKeepNotice(ws);
  const senders = reply.senders.map((one) => ({ value: one.id, label: one.name }));
  if (reply.house) {
    senders.push({ value: "", label: t("notices.sender.house", { address: reply.house }) });
  }
  const [wish, setWish] = useState<NewNoticePlace>(() => ({
    name: place?.name ?? "",
    kind: place?.kind ?? "slack",
    room: place?.room ?? "",
    to: place?.to ?? "",
    sender: place ? (place.sender ?? "") : (senders[0]?.value ?? ""),
    leads: place?.leads ?? true,
    owners: place?.owners ?? [],
    alerts: place ? (place.alerts ?? false) : true,
    kinds: place?.kinds ?? [],
    url: "",
    token: "",
  }));
  const set = (part: Partial<NewNoticePlace>) => setWish({ ...wish, ...part });
  const kept = place?.kind === wish.kind ? place.hint : "";
  const names = [...new Set([...reply.owners, ...(place?.owners ?? [])])];
  async function save(event: FormEvent) {
    event.preventDefault();
    try {
      await keep.mutateAsync({ id: place?.id ?? "", body: wish });
      onDone();
    } catch {
      // Said below.
    }
  }
  return (
    <Card lifted>
      <form className={styles.form} onSubmit={(event) => void save(event)}>
        <Choices
          legend={t("notices.kind")}
          options={KINDS.map((kind) => ({ value: kind, title: t(`notices.kind.${kind}`) }))}
          value={wish.kind}
          onChange={(kind) => set({ kind })}
          least={120}
        />
        <Field
          label={t("notices.name")}
          hint={t("notices.name.hint")}
          value={wish.name}
          maxLength={100}
          required
          onChange={(event) => set({ name: event.target.value })}
        />
        {wish.kind === "chatwork" && (
          <>
            <Field
              label={t("notices.room")}
              hint={t("notices.room.hint")}
              value={wish.room}
              inputMode="numeric"
              onChange={(event) => set({ room: event.target.value })}
            />
            <Field
              label={t("notices.token")}
              hint={kept ? t("notices.kept", { hint: kept }) : t("notices.token.hint")}
              type="password"
              value={wish.token}
              onChange={(event) => set({ token: event.target.value })}
            />
          </>
        )}
        {wish.kind === "mail" && (
          <>
            <Field
              label={t("notices.to")}
              type="email"
              value={wish.to}
              onChange={(event) => set({ to: event.target.value })}
            />
            {senders.length === 0 ? (
              <Notice kind="info">{t("notices.noSender")}</Notice>
            ) : (
              <Select
                label={t("notices.sender")}
                value={wish.sender}
                options={senders}
                onChange={(event) => set({ sender: event.target.value })}
              />
            )}
          </>
        )}
        {(wish.kind === "slack" ||
          wish.kind === "teams" ||
          wish.kind === "lineworks" ||
          wish.kind === "webhook") && (
          <Field
            label={t("notices.url")}
            hint={kept ? t("notices.kept", { hint: kept }) : t(`notices.url.${wish.kind}`)}
            type="url"
            value={wish.url}
            onChange={(event) => set({ url: event.target.value })}
          />
        )}
        <label className={styles.tick}>
          <input
            type="checkbox"
            checked={wish.alerts ?? false}
            onChange={(event) => set({ alerts: event.target.checked })}
          />
          <span>{t("notices.alerts")}</span>
        </label>
        {wish.alerts && (
          <fieldset className={styles.owners}>
            <legend>{t("notices.alerts.kinds")}</legend>
            {KINDS_OF_ALERTS.map((kind) => (
              <label key={kind} className={styles.tick}>
                <input
                  type="checkbox"
                  checked={wish.kinds?.includes(kind) ?? false}
                  onChange={(event) =>
                    set({
                      kinds: event.target.checked
                        ? [...(wish.kinds ?? []), kind]
                        : (wish.kinds ?? []).filter((one) => one !== kind),
                    })
                  }
                />
                <span>{t(`alerts.kind.${kind}`)}</span>
              </label>
            ))}
          </fieldset>
        )}
        <label className={styles.tick}>
          <input
            type="checkbox"
            checked={wish.leads}
            onChange={(event) => set({ leads: event.target.checked })}
          />
          <span>{t("notices.leads")}</span>
        </label>
        {wish.leads && names.length > 0 && (
          <fieldset className={styles.owners}>
            <legend>{t("notices.whose")}</legend>
            {names.map((name) => (
              <label key={name} className={styles.tick}>
                <input
                  type="checkbox"
                  checked={wish.owners?.includes(name) ?? false}
                  onChange={(event) =>
                    set({
                      owners: event.target.checked
                        ? [...(wish.owners ?? []), name]
                        : (wish.owners ?? []).filter((one) => one !== name),
                    })
                  }
                />
                <span>{name}</span>
              </label>
            ))}
          </fieldset>
        )}
        {keep.error && <Notice kind="bad">{keep.error.message}</Notice>}
        <div className={styles.actions}>
          <Button kind="primary" type="submit" disabled={keep.isPending}>
            {t("notices.save")}
          </Button>
          <Button onClick={onDone}>{t("notices.cancel")}</Button>
        </div>
      </form>
    </Card>
  );
}
