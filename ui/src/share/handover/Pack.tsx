import { handoverFile, useHandover } from "../../api/useHandover.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { buttonClass } from "../../kit/Button.tsx";
import { Card } from "../../kit/Card.tsx";
import { Failed } from "../../kit/EmptyState.tsx";
import { Icon } from "../../kit/Icon.tsx";
import { Notice } from "../../kit/Notice.tsx";
import { Skeleton } from "../../kit/Skeleton.tsx";
import styles from "./handover.module.css";

/** What somebody outside needs to begin, as one file without anybody's name in it. */
export function Pack({ ws, hands }: { ws: string; hands: boolean }) {
  const { t, f, lang } = useLanguage();
  const pack = useHandover(ws, hands);
  const { data } = pack;
  return (
    <section>
      <div className={styles.head}>
        <div>
          <h2>{t("handover.pack")}</h2>
          <p className="quiet">{t("handover.pack.line")}</p>
        </div>
        {hands && (
          <a className={buttonClass("primary")} href={handoverFile(ws, lang)} download>
            <Icon name="download" size={15} />
            {t("handover.pack.do")}
          </a>
        )}
      </div>
      {!hands && <Notice kind="info">{t("handover.pack.right")}</Notice>}
      {pack.error && <Failed error={pack.error} retry={() => void pack.refetch()} />}
      {hands && pack.isPending && <Skeleton height={240} />}
      {data && (
        <div className={styles.two}>
          <Card>
            <h3>{t("handover.pack.in")}</h3>
            <ul className={styles.contents}>
              <li>{t("handover.pack.indicators", { n: data.indicators })}</li>
              <li>{t("handover.pack.sources", { n: data.sources })}</li>
              <li>{t("handover.pack.findings", { n: data.findings })}</li>
              <li>{t("handover.pack.decisions", { n: data.decisions })}</li>
              <li>
                {data.wishes.length > 0
                  ? t("handover.pack.wishes", {
                      names: f.list(data.wishes.map((one) => one.name)),
                    })
                  : t("handover.pack.wishes.none")}
              </li>
            </ul>
            <p className={`quiet ${styles.small}`}>
              {t("handover.pack.hidden", { n: data.hidden })}
            </p>
            <p className={`quiet ${styles.small}`}>{f.facts(data.files)}</p>
          </Card>
          <Card>
            <h3>{t("handover.pack.access")}</h3>
            <dl className={styles.accesses}>
              {data.accesses.map((one) => (
                <div key={one.what}>
                  <dt>{one.what}</dt>
                  <dd>{one.how}</dd>
                </div>
              ))}
            </dl>
          </Card>
        </div>
      )}
    </section>
  );
}
