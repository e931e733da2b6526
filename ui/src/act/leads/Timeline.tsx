import { Link } from "@tanstack/react-router";
import { type CompanyGuess, type Lead, type Moment, useTimeline } from "../../api/useLeads.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button } from "../../kit/Button.tsx";
import { Failed } from "../../kit/EmptyState.tsx";
import { Icon, type IconName } from "../../kit/Icon.tsx";
import { Loading, Skeleton } from "../../kit/Skeleton.tsx";
import { byDay } from "./byDay.ts";
import styles from "./leads.module.css";
import { civilAt } from "./when.ts";

const icons: Record<string, IconName> = {
  event: "check",
  consent: "flag",
  mail: "mail",
  form: "edit",
  note: "edit",
  score: "measure",
  verdict: "check",
  merge: "link",
  import: "upload",
  owner: "person",
  journey: "act",
  disclose: "download",
};

function iconOf(moment: Moment): IconName {
  if (moment.event?.kind === "page" || moment.event?.kind === "screen") return "eye";
  return icons[moment.kind] ?? "info";
}

/** Everything that happened with the person of the open lead, the newest first. */
export function Timeline({ ws, lead, zone }: { ws: string; lead: Lead; zone: string }) {
  const { t, f } = useLanguage();
  const line = useTimeline(ws, lead.id);
  const name = lead.name || lead.address;
  const moments = line.data?.pages.flatMap((page) => page.moments) ?? [];
  const first = line.data?.pages[0];
  const hidden = first?.hidden ?? 0;
  return (
    <>
      {lead.contact ? (
        <header className={styles.timelineHead}>
          <h2>{t("leads.timeline", { name })}</h2>
          <Link to="/w/$ws/act/contacts/$id" params={{ ws, id: lead.contact }}>
            {t("leads.contact")}
          </Link>
        </header>
      ) : (
        <Nameless company={first?.company ?? null} />
      )}
      {line.error && !line.data && <Failed error={line.error} retry={() => void line.refetch()} />}
      {line.isPending && (
        <>
          <Loading />
          <Skeleton height={20} width="30%" />
          <Skeleton height={120} />
        </>
      )}
      {line.data && moments.length === 0 && (
        <p className={styles.note}>{first?.withheld || t("leads.timeline.empty")}</p>
      )}
      {byDay(moments, zone).map(({ day, moments: these }) => (
        <section key={day} className={styles.day}>
          <h3>{f.weekday(day)}</h3>
          <ol>
            {these.map((one) => (
              <li key={`${one.kind}${one.id}`}>
                <time>{civilAt(one.at, zone).clock}</time>
                <Icon name={iconOf(one)} size={16} className="quiet" />
                <span>
                  <b>{one.label}</b>
                  {one.text && one.text !== one.label && <span>{one.text}</span>}
                  {one.by && <span className={styles.small}>{one.by}</span>}
                </span>
              </li>
            ))}
          </ol>
        </section>
      ))}
      {hidden > 0 && <p className={styles.note}>{t("leads.timeline.hidden", { count: hidden })}</p>}
      {line.hasNextPage && (
        <Button disabled={line.isFetchingNextPage} onClick={() => void line.fetchNextPage()}>
          {t("leads.timeline.more")}
        </Button>
      )}
    </>
  );
}

/** Who a visitor without a name may be: the company that speaks from where they came. */
function Nameless({ company }: { company: CompanyGuess | null }) {
  const { t } = useLanguage();
  return (
    <>
      <h2>{t("leads.timeline.anonymous")}</h2>
      {company ? (
        <div className={styles.guess}>
          <Icon name="company" size={16} className="quiet" />
          <p>
            <b>{t("leads.guess", { company: company.name })}</b>
            <span className={styles.small}>
              {company.why}
              {company.owner && ` · ${t("leads.owner", { name: company.owner })}`}
            </span>
          </p>
        </div>
      ) : (
        <p className={styles.note}>{t("leads.anonymous.line")}</p>
      )}
    </>
  );
}
