import { useState } from "react";
import { problemAt } from "../../api/client.ts";
import { type FocusReply, useFocus, useSetFocus } from "../../api/useFocus.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button } from "../../kit/Button.tsx";
import { Dialog } from "../../kit/Dialog.tsx";
import { Failed } from "../../kit/EmptyState.tsx";
import { Field, TextField } from "../../kit/Field.tsx";
import { Notice } from "../../kit/Notice.tsx";
import { Loading, Skeleton } from "../../kit/Skeleton.tsx";
import { useToast } from "../../kit/Toast.tsx";
import styles from "./Focus.module.css";

interface FocusDialogProps {
  ws: string;
  onClose: () => void;
}

/** Chooses the few KPIs that everybody looks at for now. */
export function FocusDialog({ ws, onClose }: FocusDialogProps) {
  const { t } = useLanguage();
  const { data, error, refetch } = useFocus(ws);
  if (data) return <Choose ws={ws} reply={data} onClose={onClose} />;
  return (
    <Dialog title={t("focus.title")} onClose={onClose}>
      {error ? (
        <Failed error={error} retry={() => void refetch()} />
      ) : (
        <>
          <Loading />
          <Skeleton height={240} />
        </>
      )}
    </Dialog>
  );
}

function Choose({ ws, reply, onClose }: FocusDialogProps & { reply: FocusReply }) {
  const { t, f } = useLanguage();
  const say = useToast();
  const save = useSetFocus(ws);
  const { current, advice, choices, most } = reply;
  const [chosen, setChosen] = useState(
    () => current?.kpis.filter((one) => one.on_map).map((one) => one.id) ?? [],
  );
  const [until, setUntil] = useState(current?.until ?? reply.until);
  const [why, setWhy] = useState(current?.why ?? "");
  const reasons = new Map(advice.suggestions.map((one) => [one.id, one.why]));
  const full = chosen.length >= most;
  function toggle(id: string) {
    setChosen((old) => (old.includes(id) ? old.filter((one) => one !== id) : [...old, id]));
  }
  function keep(indicators: string[]) {
    save.mutate(
      { indicators, why: why.trim(), ...(indicators.length > 0 && until ? { until } : {}) },
      {
        onSuccess: () => {
          say({ text: t(indicators.length > 0 ? "focus.saved" : "focus.ended") });
          onClose();
        },
      },
    );
  }
  const ordered = [...choices].sort(
    (a, b) => Number(reasons.has(b.id)) - Number(reasons.has(a.id)),
  );
  return (
    <Dialog
      title={t("focus.title")}
      onClose={onClose}
      actions={
        <>
          <Button
            kind="primary"
            disabled={save.isPending || chosen.length === 0}
            onClick={() => keep(chosen)}
          >
            {t("focus.save")}
          </Button>
          <Button onClick={onClose}>{t("kit.cancel")}</Button>
          {current && (
            <Button kind="quiet" disabled={save.isPending} onClick={() => keep([])}>
              {t("focus.end")}
            </Button>
          )}
        </>
      }
    >
      <div className={styles.form}>
        <p>{t("focus.line", { most })}</p>
        <p className={styles.advice}>{advice.sentence}</p>
        <fieldset className={styles.choices}>
          <legend>{t("focus.choose", { count: chosen.length, most })}</legend>
          {ordered.map((one) => (
            <label key={one.id}>
              <input
                type="checkbox"
                checked={chosen.includes(one.id)}
                disabled={full && !chosen.includes(one.id)}
                onChange={() => toggle(one.id)}
              />
              <span>
                <b>{one.name}</b>
                {reasons.has(one.id) && (
                  <small>
                    {t("focus.suggested")} {reasons.get(one.id)}
                  </small>
                )}
              </span>
            </label>
          ))}
        </fieldset>
        <Field
          label={t("focus.until")}
          type="date"
          value={until}
          hint={t("focus.until.hint", { day: f.day(reply.until) })}
          error={problemAt(save.error, "body.until")}
          onChange={(event) => setUntil(event.target.value)}
        />
        <TextField
          label={t("focus.why")}
          optional
          rows={2}
          value={why}
          maxLength={400}
          placeholder={t("focus.why.example")}
          onChange={(event) => setWhy(event.target.value)}
        />
        {save.error && !problemAt(save.error, "body.until") && (
          <Notice kind="bad">{save.error.message}</Notice>
        )}
      </div>
    </Dialog>
  );
}
