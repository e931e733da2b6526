import { useState } from "react";
import {
  type ReportIssueLine,
  type ReportOrder,
  useReportIssue,
  useReportIssues,
} from "../../api/useReportOrders.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button, buttonClass } from "../../kit/Button.tsx";
import { Dialog } from "../../kit/Dialog.tsx";
import { Failed } from "../../kit/EmptyState.tsx";
import { Icon } from "../../kit/Icon.tsx";
import { Mark } from "../../kit/Mark.tsx";
import { Loading, Skeleton } from "../../kit/Skeleton.tsx";
import { Sheet } from "../sheet/Sheet.tsx";
import styles from "./reports.module.css";

interface HistoryProps {
  ws: string;
  order: ReportOrder;
  onClose: () => void;
}

/** What was sent, each page as it was on that day. */
export function History({ ws, order, onClose }: HistoryProps) {
  const { t } = useLanguage();
  const found = useReportIssues(ws, order.id);
  const [open, setOpen] = useState<number | null>(null);
  return (
    <Dialog wide title={t("reporting.history.title", { name: order.name })} onClose={onClose}>
      {found.error && <Failed error={found.error} retry={() => void found.refetch()} />}
      {found.isPending && (
        <>
          <Loading />
          <Skeleton height={120} />
        </>
      )}
      {open !== null ? (
        <Issue ws={ws} id={order.id} n={open} onBack={() => setOpen(null)} />
      ) : (
        <ul className={styles.issues}>
          {found.data?.issues.map((one) => (
            <li key={one.number}>
              <IssueLine issue={one} onOpen={() => setOpen(one.number)} />
            </li>
          ))}
        </ul>
      )}
    </Dialog>
  );
}

function IssueLine({ issue, onOpen }: { issue: ReportIssueLine; onOpen: () => void }) {
  const { t, f } = useLanguage();
  return (
    <button type="button" className={styles.issue} onClick={onOpen}>
      {issue.mark && <Mark status={issue.mark} size={16} />}
      <b>{f.time(issue.made_at)}</b>
      <span className="quiet">
        {f.facts([
          t("reporting.issue.sent", { n: issue.sent }),
          ...(issue.failed > 0 ? [t("reporting.failed", { n: issue.failed })] : []),
          ...(issue.waiting > 0 ? [t("reporting.waiting", { n: issue.waiting })] : []),
          issue.by ? t("reporting.issue.by", { name: issue.by }) : t("reporting.issue.plan"),
        ])}
      </span>
    </button>
  );
}

interface IssueProps {
  ws: string;
  id: string;
  n: number;
  onBack: () => void;
}

function Issue({ ws, id, n, onBack }: IssueProps) {
  const { t, f, lang } = useLanguage();
  const found = useReportIssue(ws, id, n);
  return (
    <div className={styles.opened}>
      <div className={styles.tools}>
        <Button small icon="left" onClick={onBack}>
          {t("reporting.back")}
        </Button>
        <a
          className={buttonClass("outline", true)}
          href={`/api/workspaces/${encodeURIComponent(ws)}/reports/${id}/issues/${n}/pdf?lang=${lang}`}
          download
        >
          <Icon name="download" size={14} />
          {t("reporting.pdf")}
        </a>
      </div>
      {found.error && <Failed error={found.error} retry={() => void found.refetch()} />}
      {found.data && (
        <>
          <p className="quiet">{t("reporting.asThen", { time: f.time(found.data.made_at) })}</p>
          <ul className={styles.readers} aria-label={t("reporting.readers")}>
            {found.data.to.map((one) => (
              <li key={`${one.name} ${one.address}`}>
                {one.name || one.address}
                <span className={one.state === "failed" ? "bad" : "quiet"}>
                  {t(`reporting.state.${one.state}`)}
                </span>
                {one.reason && <span className="quiet">{one.reason}</span>}
              </li>
            ))}
          </ul>
          {found.data.sheet && <Sheet page={found.data.sheet} ws={null} />}
        </>
      )}
    </div>
  );
}
