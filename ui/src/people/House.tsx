import { useHouse, useTryHouseMail } from "../api/useHouse.ts";
import { useLanguage } from "../i18n/LanguageProvider.tsx";
import { Button } from "../kit/Button.tsx";
import { Card } from "../kit/Card.tsx";
import { Failed } from "../kit/EmptyState.tsx";
import { Notice } from "../kit/Notice.tsx";
import { Skeleton } from "../kit/Skeleton.tsx";
import { Copyable } from "./Copyable.tsx";
import styles from "./people.module.css";

/** How the house was started, for whoever set it up: where it is, how it writes, whom it lets in. */
export function House() {
  const { t } = useLanguage();
  const house = useHouse();
  const attempt = useTryHouseMail();
  const said = attempt.error?.message ?? attempt.data?.said ?? "";
  return (
    <section>
      <h2>{t("signin.house")}</h2>
      <p className="quiet">{t("signin.house.line")}</p>
      {house.error && <Failed error={house.error} retry={() => void house.refetch()} />}
      {house.isPending && <Skeleton height={160} />}
      {house.data && (
        <Card flush className={styles.house}>
          <ul className={styles.list}>
            <li>
              <span className={styles.grow}>
                {t("signin.house.address")}
                <span className={styles.line}>
                  {house.data.address} ·{" "}
                  {t(house.data.public ? "signin.house.public" : "signin.house.here")}
                </span>
              </span>
            </li>
            <li>
              <span className={styles.grow}>
                {t("signin.house.mail")}
                {house.data.mail ? (
                  <span className={styles.line}>
                    {house.data.mail.from} ·{" "}
                    {t("signin.house.mail.by", {
                      server: house.data.mail.server,
                      security: t(`signin.house.security.${house.data.mail.security}`),
                    })}
                  </span>
                ) : (
                  <span className={styles.line}>{t("signin.house.mail.none")}</span>
                )}
              </span>
              {house.data.mail && (
                <Button small disabled={attempt.isPending} onClick={() => attempt.mutate()}>
                  {t("signin.house.mail.try")}
                </Button>
              )}
            </li>
            <li>
              <span className={styles.grow}>
                {t("signin.house.oidc")}
                {house.data.oidc ? (
                  <>
                    <span className={styles.line}>
                      {house.data.oidc.name} · {house.data.oidc.issuer} ·{" "}
                      {house.data.oidc.allow.length > 0
                        ? t("signin.house.oidc.allow", { list: house.data.oidc.allow.join(" · ") })
                        : t("signin.house.oidc.anyone")}
                      {!house.data.ways.password && ` · ${t("signin.house.password.off")}`}
                    </span>
                    <span className={styles.line}>{t("signin.house.oidc.back")}</span>
                    <Copyable text={house.data.oidc.back} label={t("signin.house.oidc.back")} />
                  </>
                ) : (
                  <span className={styles.line}>{t("signin.house.oidc.none")}</span>
                )}
              </span>
            </li>
          </ul>
        </Card>
      )}
      {attempt.data?.ok && (
        <div className={styles.problem}>
          <Notice kind="info">{t("signin.house.mail.ok", { to: attempt.data.to })}</Notice>
        </div>
      )}
      {(attempt.error || attempt.data?.ok === false) && (
        <div className={styles.problem}>
          <Notice kind="bad">{t("signin.house.mail.bad", { said })}</Notice>
        </div>
      )}
    </section>
  );
}
