import { Link, useParams } from "@tanstack/react-router";
import { useState } from "react";
import type { ReadOnlyView } from "../../api/types.ts";
import { useCloseView, useMakeView, useViews } from "../../api/useViews.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button, buttonClass } from "../../kit/Button.tsx";
import { Card } from "../../kit/Card.tsx";
import { Dialog } from "../../kit/Dialog.tsx";
import { Failed } from "../../kit/EmptyState.tsx";
import { Select } from "../../kit/Field.tsx";
import { Notice } from "../../kit/Notice.tsx";
import { Loading, Skeleton } from "../../kit/Skeleton.tsx";
import { useToast } from "../../kit/Toast.tsx";
import styles from "./links.module.css";
import { NewLink } from "./NewLink.tsx";

const DAYS = ["7", "30", "90", "366"] as const;

/** Read-only links: make one, see which work, close them. */
export function LinksPage() {
  const { ws } = useParams({ from: "/framed/w/$ws/share/links" });
  const { t } = useLanguage();
  const views = useViews(ws);
  const make = useMakeView(ws);
  const [days, setDays] = useState<(typeof DAYS)[number]>("30");
  const [closing, setClosing] = useState<ReadOnlyView | null>(null);
  const list = views.data?.views;
  return (
    <>
      <h2>{t("share.title")}</h2>
      <p className="quiet">{t("share.line")}</p>
      <div className={styles.two}>
        <div className={styles.stack}>
          <Card>
            {make.data ? (
              <NewLink made={make.data} onDone={() => make.reset()} />
            ) : (
              <div className={styles.make}>
                <div style={{ width: 160 }}>
                  <Select
                    label={t("share.days")}
                    value={days}
                    options={DAYS.map((one) => ({ value: one, label: t(`share.days.${one}`) }))}
                    onChange={(event) => setDays(event.target.value as (typeof DAYS)[number])}
                  />
                </div>
                <Button
                  kind="primary"
                  icon="link"
                  style={{ height: 36 }}
                  disabled={make.isPending}
                  onClick={() => make.mutate(Number(days))}
                >
                  {t(make.isPending ? "share.creating" : "share.create")}
                </Button>
              </div>
            )}
            {make.error && <Notice kind="bad">{make.error.message}</Notice>}
          </Card>
          <section>
            <h3>{t("share.list")}</h3>
            {views.error && <Failed error={views.error} retry={() => void views.refetch()} />}
            {views.isPending && (
              <>
                <Loading />
                <Skeleton height={56} />
              </>
            )}
            {list?.length === 0 && <p className="quiet">{t("share.list.none")}</p>}
            <ul className={styles.list}>
              {list?.map((view) => (
                <ViewRow key={view.id} view={view} onClose={() => setClosing(view)} />
              ))}
            </ul>
          </section>
        </div>
        <aside>
          <h3>{t("share.also")}</h3>
          <p className={`quiet ${styles.small}`}>{t("share.also.print")}</p>
          <p className={`quiet ${styles.small}`}>{t("share.also.picture")}</p>
          <Link
            to="/w/$ws/map"
            params={{ ws }}
            className={buttonClass("outline", true)}
            style={{ marginTop: 12 }}
          >
            {t("share.also.map")}
          </Link>
        </aside>
      </div>
      {closing && <CloseView ws={ws} view={closing} onDone={() => setClosing(null)} />}
    </>
  );
}

function ViewRow({ view, onClose }: { view: ReadOnlyView; onClose: () => void }) {
  const { t, f } = useLanguage();
  const ends = new Date(view.expires_at);
  const days = Math.max(0, Math.ceil((ends.getTime() - Date.now()) / 86_400_000));
  return (
    <li>
      <span className={styles.grow}>
        {t("share.row", { created: f.time(view.created_at) })}
        <span className={`quiet ${styles.small}`} style={{ display: "block" }}>
          {t("share.until", { day: f.longDay(view.expires_at.slice(0, 10)), days })}
        </span>
      </span>
      <Button small onClick={onClose}>
        {t("share.close")}
      </Button>
    </li>
  );
}

function CloseView({ ws, view, onDone }: { ws: string; view: ReadOnlyView; onDone: () => void }) {
  const { t } = useLanguage();
  const say = useToast();
  const close = useCloseView(ws);
  return (
    <Dialog
      title={t("share.close.title")}
      onClose={onDone}
      actions={
        <>
          <Button
            kind="danger"
            disabled={close.isPending}
            onClick={() =>
              close.mutate(view.id, {
                onSuccess: () => {
                  say({ text: t("share.closed") });
                  onDone();
                },
              })
            }
          >
            {t("share.close")}
          </Button>
          <Button onClick={onDone}>{t("kit.cancel")}</Button>
        </>
      }
    >
      <p>{t("share.close.line")}</p>
      {close.error && <Notice kind="bad">{close.error.message}</Notice>}
    </Dialog>
  );
}
