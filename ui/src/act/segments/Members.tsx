import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useContacts } from "../../api/useContacts.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button } from "../../kit/Button.tsx";
import { Card } from "../../kit/Card.tsx";
import { Failed } from "../../kit/EmptyState.tsx";
import { Loading, Skeleton } from "../../kit/Skeleton.tsx";
import styles from "./segments.module.css";

const PAGE = 20;

/** Who is in a segment as it was kept. */
export function Members({ ws, id, changed }: { ws: string; id: string; changed: boolean }) {
  const { t, f } = useLanguage();
  const [page, setPage] = useState(0);
  const found = useContacts(ws, { segment: id, limit: PAGE, offset: page * PAGE });
  const total = found.data?.total ?? 0;
  return (
    <Card className={styles.stack} aria-label={t("segments.members")}>
      <h3>
        {t("segments.members")}{" "}
        {found.data && (
          <span className="quiet">
            {f.count(total)}
            {t("segments.people")}
          </span>
        )}
      </h3>
      {changed && <p className={styles.note}>{t("segments.changed")}</p>}
      {found.error ? (
        <Failed error={found.error} retry={() => void found.refetch()} />
      ) : !found.data ? (
        <>
          <Loading />
          <Skeleton height={160} />
        </>
      ) : total === 0 ? (
        <p className="quiet">{t("segments.members.none")}</p>
      ) : (
        <ul className={styles.members}>
          {found.data.contacts.map((one) => (
            <li key={one.id}>
              <Link to="/w/$ws/act/contacts/$id" params={{ ws, id: one.id }}>
                <b>{one.name || one.address}</b>
                <span className="quiet">
                  {f.facts(
                    [one.company?.name ?? "", one.name ? one.address : ""].filter(
                      (each) => each !== "",
                    ),
                  )}
                </span>
                <span className="quiet">{one.last?.label}</span>
              </Link>
            </li>
          ))}
        </ul>
      )}
      {total > PAGE && (
        <nav className={styles.pages} aria-label={t("contacts.pages")}>
          <Button small icon="left" disabled={page === 0} onClick={() => setPage(page - 1)}>
            {t("contacts.before")}
          </Button>
          <span className="quiet">
            {t("contacts.place", {
              from: f.count(page * PAGE + 1),
              to: f.count(Math.min(total, (page + 1) * PAGE)),
            })}
          </span>
          <Button
            small
            disabled={(page + 1) * PAGE >= total || found.isPlaceholderData}
            onClick={() => setPage(page + 1)}
          >
            {t("contacts.next")}
          </Button>
        </nav>
      )}
    </Card>
  );
}
