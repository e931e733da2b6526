import { getRouteApi, Link } from "@tanstack/react-router";
import { useBroadcasts, useMailSenders, useMailTemplates } from "../../api/useMail.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { buttonClass } from "../../kit/Button.tsx";
import { Card } from "../../kit/Card.tsx";
import { EmptyState, Failed } from "../../kit/EmptyState.tsx";
import { Icon } from "../../kit/Icon.tsx";
import { Loading, Skeleton } from "../../kit/Skeleton.tsx";
import { BroadcastRow } from "./BroadcastRow.tsx";
import styles from "./mail.module.css";
import { SenderLine } from "./SenderLine.tsx";
import { useMay } from "./useMay.ts";

const route = getRouteApi("/framed/w/$ws/act");

/** Mail in one page: what was sent and what became of it, what it is written with, who sends it. */
export function MailPage() {
  const { ws } = route.useParams();
  const { t, f } = useLanguage();
  const may = useMay(ws);
  const senders = useMailSenders(ws);
  const templates = useMailTemplates(ws);
  const broadcasts = useBroadcasts(ws);
  if (!may.see) return <EmptyState title={t("mail.closed")} line={t("mail.closed.line")} />;
  const wrong = senders.error ?? templates.error ?? broadcasts.error;
  if (wrong)
    return (
      <Failed
        error={wrong}
        retry={() => {
          void senders.refetch();
          void templates.refetch();
          void broadcasts.refetch();
        }}
      />
    );
  if (!senders.data || !templates.data || !broadcasts.data)
    return (
      <div className={styles.stack}>
        <Loading />
        <Skeleton height={32} width={240} />
        <Skeleton height={220} />
      </div>
    );
  const from = senders.data.senders;
  const written = templates.data.templates;
  const casts = broadcasts.data.broadcasts;
  const begun = from.length > 0 && written.length > 0;
  return (
    <div className={styles.stack}>
      <header className={styles.head}>
        <div>
          <h1>{t("mail.title")}</h1>
          <p className="quiet">{t("mail.line")}</p>
        </div>
        <div className={styles.buttons}>
          <Link to="/w/$ws/act/mail/duties" params={{ ws }} className={buttonClass("outline")}>
            {t("mail.duties")}
          </Link>
          {begun && may.write && (
            <Link
              to="/w/$ws/act/mail/broadcasts/$id"
              params={{ ws, id: "new" }}
              className={buttonClass("primary")}
            >
              {t("mail.cast.new")}
            </Link>
          )}
        </div>
      </header>
      {casts.length === 0 && (
        <FirstSteps
          ws={ws}
          done={[from.length > 0, written.length > 0, false]}
          may={[may.set, may.write, may.write]}
        />
      )}
      <div className={styles.two}>
        <section className={styles.stack}>
          {casts.length > 0 && (
            <>
              <h2 className={styles.h2}>{t("mail.casts")}</h2>
              <Card flush>
                <ul className={styles.rows}>
                  {casts.map((one) => (
                    <BroadcastRow key={one.id} ws={ws} cast={one} />
                  ))}
                </ul>
              </Card>
            </>
          )}
          {(written.length > 0 || from.length > 0) && (
            <>
              <div className={styles.between}>
                <h2 className={styles.h2}>{t("mail.templates")}</h2>
                {may.write && (
                  <Link
                    to="/w/$ws/act/mail/templates/$id"
                    params={{ ws, id: "new" }}
                    className={buttonClass("outline", true)}
                  >
                    <Icon name="plus" size={14} />
                    {t("mail.template.new")}
                  </Link>
                )}
              </div>
              {written.length === 0 ? (
                <p className="quiet">{t("mail.templates.none")}</p>
              ) : (
                <Card flush>
                  <ul className={styles.rows}>
                    {written.map((one) => (
                      <li key={one.id}>
                        <Link
                          to="/w/$ws/act/mail/templates/$id"
                          params={{ ws, id: one.id }}
                          className={styles.row}
                        >
                          <span className={styles.grow}>
                            <b>{one.template.name || one.template.subject}</b>
                            <small className="quiet">{one.template.subject}</small>
                          </span>
                          <span className={styles.aside}>
                            {f.facts([
                              t(`mail.stream.${one.template.stream}`),
                              t("mail.version", { version: one.version }),
                            ])}
                          </span>
                          <Icon name="right" size={14} />
                        </Link>
                      </li>
                    ))}
                  </ul>
                </Card>
              )}
            </>
          )}
        </section>
        {from.length > 0 && (
          <aside className={styles.stack}>
            <div className={styles.between}>
              <h2 className={styles.h2}>{t("mail.senders")}</h2>
              <Link
                to="/w/$ws/act/mail/senders"
                params={{ ws }}
                className={buttonClass("text", true)}
              >
                {t("mail.senders.open")}
              </Link>
            </div>
            {from.map((one) => (
              <SenderLine key={one.id} ws={ws} sender={one} />
            ))}
          </aside>
        )}
      </div>
    </div>
  );
}

const STEPS = ["sender", "template", "cast"] as const;

/** What has to be there before the first mail leaves, in its order. */
function FirstSteps({ ws, done, may }: { ws: string; done: boolean[]; may: boolean[] }) {
  const { t } = useLanguage();
  const next = done.indexOf(false);
  const ways = [
    { to: "/w/$ws/act/mail/senders", params: { ws } },
    { to: "/w/$ws/act/mail/templates/$id", params: { ws, id: "new" } },
    { to: "/w/$ws/act/mail/broadcasts/$id", params: { ws, id: "new" } },
  ] as const;
  return (
    <Card aria-label={t("mail.first")}>
      <h2 className={styles.h2}>{t("mail.first")}</h2>
      <ol className={styles.first}>
        {STEPS.map((step, n) => (
          <li key={step} className={done[n] ? styles.done : undefined}>
            <span className={styles.number} aria-hidden="true">
              {done[n] ? <Icon name="check" size={14} /> : n + 1}
            </span>
            <div>
              <b>{t(`mail.first.${step}`)}</b>
              <p className="quiet">{t(`mail.first.${step}.line`)}</p>
              {n === next &&
                (may[n] ? (
                  <Link {...(ways[n] ?? ways[0])} className={buttonClass("primary")}>
                    {t(`mail.first.${step}.do`)}
                  </Link>
                ) : (
                  <p className="quiet">{t("mail.first.owner")}</p>
                ))}
            </div>
          </li>
        ))}
      </ol>
    </Card>
  );
}
