import { Link } from "@tanstack/react-router";
import { usePeopleSegments } from "../../api/useSegments.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { buttonClass } from "../../kit/Button.tsx";
import { Card } from "../../kit/Card.tsx";
import { EmptyState, Failed } from "../../kit/EmptyState.tsx";
import { Icon } from "../../kit/Icon.tsx";
import { Loading, Skeleton } from "../../kit/Skeleton.tsx";
import styles from "./contacts.module.css";

/** Conditions with a name, each as one would say it, with how many it is true of. */
export function SegmentList({ ws, edit }: { ws: string; edit: boolean }) {
  const { t, f } = useLanguage();
  const { data, error, refetch } = usePeopleSegments(ws);
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (!data)
    return (
      <>
        <Loading />
        <Skeleton height={72} />
        <Skeleton height={72} />
      </>
    );
  const fresh = edit && (
    <Link
      to="/w/$ws/act/segments/$id"
      params={{ ws, id: "new" }}
      className={buttonClass("primary")}
    >
      <Icon name="plus" size={15} />
      {t("segments.new")}
    </Link>
  );
  if (data.segments.length === 0)
    return (
      <EmptyState title={t("segments.none")} line={t("segments.none.line")}>
        {fresh}
      </EmptyState>
    );
  return (
    <div className={styles.stack}>
      <div className={styles.head}>
        <p>{t("segments.line")}</p>
        {fresh}
      </div>
      <div className={styles.list}>
        {data.segments.map((one) => (
          <Link key={one.id} to="/w/$ws/act/segments/$id" params={{ ws, id: one.id }}>
            <Card article className={styles.segment}>
              <b>{one.name}</b>
              <span className={styles.people}>
                {one.people === null ? (
                  <small className="quiet">{t("segments.unknown")}</small>
                ) : (
                  <>
                    {f.count(one.people)}
                    <small>{t("segments.people")}</small>
                  </>
                )}
              </span>
              <span className="quiet">{one.sentence}</span>
            </Card>
          </Link>
        ))}
      </div>
    </div>
  );
}
