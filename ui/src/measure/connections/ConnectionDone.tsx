import { Link } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { useConnections } from "../../api/useConnections.ts";
import { useForgetModel } from "../../api/useModel.ts";
import { useSources } from "../../api/useSources.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button, buttonClass } from "../../kit/Button.tsx";
import { Card } from "../../kit/Card.tsx";
import { Mark } from "../../kit/Mark.tsx";
import { Notice } from "../../kit/Notice.tsx";
import styles from "../measure.module.css";
import { waitingOf } from "../unfound.ts";

interface ConnectionDoneProps {
  ws: string;
  id: string;
  sourceId: string;
  /** The map does not ask for its numbers yet. */
  isNew: boolean;
  onMore: () => void;
  onClose: () => void;
}

/** The first fetching, as it goes; then what came in, what is still waited for, and the map. */
export function ConnectionDone({ ws, id, sourceId, isNew, onMore, onClose }: ConnectionDoneProps) {
  const { t, f } = useLanguage();
  const connections = useConnections(ws);
  const sources = useSources(ws);
  const forget = useForgetModel(ws);
  const one = connections.data?.connections.find((some) => some.id === id);
  const over = one?.state === "ok" || one?.state === "failed";
  // What the map and the sources said before holds no longer.
  const again = useRef(forget);
  again.current = forget;
  useEffect(() => {
    if (over) void again.current();
  }, [over]);
  if (one?.state === "failed")
    return (
      <div className={styles.stack}>
        <Notice kind="bad">
          <b>{t("connect.done.failed")}</b>
          <br />
          {one.failure?.text}
        </Notice>
        <div className={styles.foot}>
          <Button kind="primary" onClick={onClose}>
            {t("connect.done.see")}
          </Button>
        </div>
      </div>
    );
  const source = sources.data?.sources.find((some) => some.id === sourceId);
  if (!over || !source?.last || !source.first)
    return (
      <div className={`${styles.wait} ${styles.tight}`}>
        <output>{t("connect.done.running")}</output>
        <p className={`quiet ${styles.small}`}>{t("connect.done.running.line")}</p>
        <div>
          <Button onClick={onClose}>{t("connect.done.see")}</Button>
        </div>
      </div>
    );
  const missing = waitingOf(sources.data?.sources ?? []);
  return (
    <Card className={styles.wait}>
      <div className={styles.title}>
        <Mark status="met" size={20} silent />
        <h2>{t("measure.import.done")}</h2>
      </div>
      <p>
        {t("measure.import.done.line", {
          rows: f.count(source.rows),
          days: f.count(source.days),
          first: f.longDay(source.first),
          last: f.longDay(source.last),
        })}
      </p>
      {isNew && <p className="quiet">{t("measure.import.connect")}</p>}
      {missing.length > 0 && (
        <p className="quiet">
          {t("connect.done.waiting", {
            names: f.list([
              ...new Set(missing.flatMap((some) => some.used_by.map(({ name }) => name))),
            ]),
          })}
        </p>
      )}
      <div className={styles.chips} style={{ marginTop: 16 }}>
        <Link to="/w/$ws/map" params={{ ws }} className={buttonClass("primary")}>
          {t("measure.import.map")}
        </Link>
        <Button onClick={onMore}>{t("connect.done.more")}</Button>
      </div>
    </Card>
  );
}
