import { getRouteApi, Link } from "@tanstack/react-router";
import { useState } from "react";
import { type ReportOrder, useChangeReports, useReportOrders } from "../../api/useReportOrders.ts";
import { useWorkspaces } from "../../api/useWorkspaces.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button, buttonClass } from "../../kit/Button.tsx";
import { Card } from "../../kit/Card.tsx";
import { Dialog } from "../../kit/Dialog.tsx";
import { EmptyState, Failed } from "../../kit/EmptyState.tsx";
import { Mark } from "../../kit/Mark.tsx";
import { Notice } from "../../kit/Notice.tsx";
import { Loading, Skeleton } from "../../kit/Skeleton.tsx";
import { StateTag } from "../../kit/StateTag.tsx";
import { useToast } from "../../kit/Toast.tsx";
import { bodyOf, draftOf } from "./draft.ts";
import { History } from "./History.tsx";
import { ReportForm } from "./ReportForm.tsx";
import styles from "./reports.module.css";

const route = getRouteApi("/framed/w/$ws/share/reports");

/** レポート: the page "where we stand" by mail, on certain days, to certain people. */
export function ReportsPage() {
  const { ws } = route.useParams();
  const { t } = useLanguage();
  const found = useReportOrders(ws);
  const role = useWorkspaces().data?.workspaces.find((one) => one.slug === ws)?.role;
  const edits = role === undefined || role === "owner" || role === "editor";
  const [open, setOpen] = useState<ReportOrder | "new" | null>(null);
  if (found.error && !found.data)
    return <Failed error={found.error} retry={() => void found.refetch()} />;
  if (!found.data)
    return (
      <div className={styles.page}>
        <Loading />
        <Skeleton height={48} width="60%" />
        <Skeleton height={148} />
      </div>
    );
  const { reports, can_send, still } = found.data;
  const make = edits && (
    <Button kind="primary" icon="plus" onClick={() => setOpen("new")}>
      {t("reporting.make")}
    </Button>
  );
  return (
    <div className={styles.page}>
      {reports.length > 0 && (
        <div className={styles.head}>
          <div>
            <h2>{t("reporting.title")}</h2>
            <p className="quiet">{t("reporting.line")}</p>
          </div>
          {make}
        </div>
      )}
      {still && <Notice kind="info">{t("reporting.still")}</Notice>}
      {!can_send && (
        <Notice
          kind="warn"
          actions={
            <Link
              to="/w/$ws/act/mail/senders"
              params={{ ws }}
              className={buttonClass("outline", true)}
            >
              {t("reporting.sender.open")}
            </Link>
          }
        >
          {t("reporting.sender")}
        </Notice>
      )}
      {reports.length === 0 && (
        <EmptyState title={t("reporting.empty")} line={t("reporting.line")}>
          {make}
        </EmptyState>
      )}
      <ul className={styles.list}>
        {reports.map((order) => (
          <li key={order.id}>
            <ReportCard ws={ws} order={order} edits={edits} onEdit={() => setOpen(order)} />
          </li>
        ))}
      </ul>
      {open && (
        <ReportForm
          ws={ws}
          order={open === "new" ? null : open}
          people={found.data.people}
          onClose={() => setOpen(null)}
        />
      )}
    </div>
  );
}

interface ReportCardProps {
  ws: string;
  order: ReportOrder;
  edits: boolean;
  onEdit: () => void;
}

function ReportCard({ ws, order, edits, onEdit }: ReportCardProps) {
  const { t, f } = useLanguage();
  const say = useToast();
  const change = useChangeReports(ws);
  const [asking, setAsking] = useState<"history" | "remove" | null>(null);
  const last = order.issues[0];
  const failed = change.send.error ?? change.save.error ?? change.receive.error;
  return (
    <Card article>
      <div className={styles.row}>
        <h3>{order.name}</h3>
        <StateTag tone={order.paused ? "quiet" : "good"}>
          {t(order.paused ? "reporting.paused" : "reporting.running")}
        </StateTag>
      </div>
      <p>
        {order.plan}
        {order.next && <span className="quiet"> {t("reporting.next", { time: order.next })}</span>}
      </p>
      <ul className={styles.readers} aria-label={t("reporting.readers")}>
        {order.readers.map((one) => (
          <li key={one.id} className={one.stopped || one.left ? styles.gone : undefined}>
            {one.name || one.address}
            {one.department && <span className="quiet">{one.department}</span>}
            {one.outside && <span className="quiet">{t("reporting.outside")}</span>}
            {one.stopped && <span className="quiet">{t("reporting.stopped")}</span>}
            {one.left && <span className="quiet">{t("reporting.left")}</span>}
          </li>
        ))}
        {order.readers.length === 0 && <li className={styles.gone}>{t("reporting.nobody")}</li>}
      </ul>
      {last && (
        <p className={styles.last}>
          {last.mark && <Mark status={last.mark} size={14} />}
          <span>
            {t("reporting.last", { time: f.time(last.made_at), n: last.sent })}
            {last.failed > 0 && <b className="bad"> {t("reporting.failed", { n: last.failed })}</b>}
            {last.waiting > 0 && <span> {t("reporting.waiting", { n: last.waiting })}</span>}
          </span>
        </p>
      )}
      {failed && <Notice kind="bad">{failed.message}</Notice>}
      <div className={styles.tools}>
        {edits && (
          <>
            <Button
              small
              icon="mail"
              disabled={change.send.isPending}
              onClick={() =>
                change.send.mutate(order.id, {
                  onSuccess: (sent) => say({ text: t("reporting.sent", { n: sent.readers }) }),
                })
              }
            >
              {t("reporting.send")}
            </Button>
            <Button small icon="edit" onClick={onEdit}>
              {t("reporting.edit")}
            </Button>
          </>
        )}
        {last && (
          <Button small icon="clock" onClick={() => setAsking("history")}>
            {t("reporting.history")}
          </Button>
        )}
        {order.mine !== "yes" && (
          <Button small onClick={() => change.receive.mutate({ id: order.id, receive: true })}>
            {t("reporting.receive")}
          </Button>
        )}
        {order.mine === "yes" && (
          <Button
            small
            kind="quiet"
            onClick={() => change.receive.mutate({ id: order.id, receive: false })}
          >
            {t("reporting.leave")}
          </Button>
        )}
        {edits && (
          <span className={styles.end}>
            <Button
              small
              kind="quiet"
              onClick={() =>
                change.save.mutate({
                  id: order.id,
                  base: order.version,
                  body: { ...bodyOf(draftOf(order)), paused: !order.paused },
                })
              }
            >
              {t(order.paused ? "reporting.resume" : "reporting.pause")}
            </Button>
            <Button small kind="quiet" onClick={() => setAsking("remove")}>
              {t("reporting.remove")}
            </Button>
          </span>
        )}
      </div>
      {asking === "history" && <History ws={ws} order={order} onClose={() => setAsking(null)} />}
      {asking === "remove" && (
        <Dialog
          title={t("reporting.remove.title", { name: order.name })}
          onClose={() => setAsking(null)}
          actions={
            <>
              <Button
                kind="danger"
                disabled={change.remove.isPending}
                onClick={() => change.remove.mutate(order.id)}
              >
                {t("reporting.remove.do")}
              </Button>
              <Button onClick={() => setAsking(null)}>{t("kit.cancel")}</Button>
            </>
          }
        >
          <p>{t("reporting.remove.line")}</p>
          {change.remove.error && <Notice kind="bad">{change.remove.error.message}</Notice>}
        </Dialog>
      )}
    </Card>
  );
}
