import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useChangeTalkSettings, useTalkSettings } from "../../api/useTalk.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button } from "../../kit/Button.tsx";
import { Dialog } from "../../kit/Dialog.tsx";
import { Failed } from "../../kit/EmptyState.tsx";
import { Notice } from "../../kit/Notice.tsx";
import { Loading, Skeleton } from "../../kit/Skeleton.tsx";
import { useToast } from "../../kit/Toast.tsx";
import styles from "./questions.module.css";

/** Where the team hears of new questions, beside the mails to those concerned. */
export function PlacesDialog({ ws, onClose }: { ws: string; onClose: () => void }) {
  const { t } = useLanguage();
  const say = useToast();
  const settings = useTalkSettings(ws);
  const change = useChangeTalkSettings(ws);
  const [picked, setPicked] = useState<string[] | null>(null);
  const chosen = picked ?? settings.data?.places ?? [];
  const choices = settings.data?.choices;
  return (
    <Dialog
      title={t("questions.places")}
      onClose={onClose}
      actions={
        choices &&
        choices.length > 0 && (
          <>
            <Button
              kind="primary"
              disabled={change.isPending}
              onClick={() =>
                change.mutate(chosen, {
                  onSuccess: () => {
                    say({ text: t("questions.places.saved") });
                    onClose();
                  },
                })
              }
            >
              {t("talk.save")}
            </Button>
            <Button onClick={onClose}>{t("kit.cancel")}</Button>
          </>
        )
      }
    >
      <p>{t("questions.places.line")}</p>
      {settings.error && <Failed error={settings.error} retry={() => void settings.refetch()} />}
      {settings.isPending && (
        <>
          <Loading />
          <Skeleton height={48} />
        </>
      )}
      {choices?.length === 0 && (
        <Notice kind="info">
          {t("questions.places.none")}{" "}
          <Link to="/w/$ws/act/notices" params={{ ws }}>
            {t("questions.places.add")}
          </Link>
        </Notice>
      )}
      <ul className={styles.places}>
        {choices?.map((one) => (
          <li key={one.id}>
            <label>
              <input
                type="checkbox"
                checked={chosen.includes(one.id)}
                onChange={(event) =>
                  setPicked(
                    event.target.checked
                      ? [...chosen, one.id]
                      : chosen.filter((id) => id !== one.id),
                  )
                }
              />{" "}
              {one.name}
            </label>
          </li>
        ))}
      </ul>
      {change.error && <Notice kind="bad">{change.error.message}</Notice>}
    </Dialog>
  );
}
