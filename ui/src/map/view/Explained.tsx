import { useState } from "react";
import type { MapReply } from "../../api/types.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button } from "../../kit/Button.tsx";
import { Dialog } from "../../kit/Dialog.tsx";
import { Mark } from "../../kit/Mark.tsx";
import { OutsideAsk } from "../../talk/outside/OutsideAsk.tsx";
import styles from "./view.module.css";

interface ExplainedProps {
  token: string;
  reply: MapReply;
  id: string;
  onClose: () => void;
}

/** What a number means, in the few words an outsider needs; and a way to ask. */
export function Explained({ token, reply, id, onClose }: ExplainedProps) {
  const { t, f } = useLanguage();
  const [asking, setAsking] = useState(false);
  const one = reply.indicators.find((indicator) => indicator.id === id);
  if (!one) return null;
  const value = one.value === null ? null : f.parts(one.value, one.unit);
  return (
    <Dialog title={one.name} onClose={onClose}>
      <p className={styles.value}>
        {value ? (
          <span className="num">
            {value.number}
            <small>{value.unit}</small>
          </span>
        ) : (
          <span className="quiet">{one.no_value ?? t("map.noData")}</span>
        )}{" "}
        {one.status && <Mark status={one.status} size={20} />}
      </p>
      <dl className={styles.facts}>
        <dt>{t("view.detail.definition")}</dt>
        <dd>{one.definition || t("view.detail.none")}</dd>
        {one.target?.label && (
          <>
            <dt>{t("view.detail.target")}</dt>
            <dd>{one.target.label}</dd>
          </>
        )}
        {one.owner && (
          <>
            <dt>{t("view.detail.owner")}</dt>
            <dd>{one.owner}</dd>
          </>
        )}
      </dl>
      <div className={styles.ask}>
        {asking ? (
          <OutsideAsk token={token} about={`indicator:${id}`} />
        ) : (
          <Button onClick={() => setAsking(true)}>{t("view.ask")}</Button>
        )}
      </div>
    </Dialog>
  );
}
