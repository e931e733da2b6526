import { Link } from "@tanstack/react-router";
import { ApiError } from "../../api/client.ts";
import { useWriteKeyActs, useWriteKeys } from "../../api/useKeys.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button, buttonClass } from "../../kit/Button.tsx";
import { Card } from "../../kit/Card.tsx";
import { Failed } from "../../kit/EmptyState.tsx";
import { Notice } from "../../kit/Notice.tsx";
import { Loading, Skeleton } from "../../kit/Skeleton.tsx";
import { Copyable } from "../../people/Copyable.tsx";
import { snippet } from "../../people/snippet.ts";
import { IntakeLine } from "../intake/IntakeLine.tsx";
import { useMomentIn } from "../parts/useMoment.ts";
import styles from "./setup.module.css";

interface SetupProps {
  ws: string;
  /** When the newest event came; null: none ever did. */
  last: number | null;
  /** In which the moment is told. */
  zone?: string | undefined;
}

/** What an SDK of others is told: it speaks to this server as to its own. */
const SDK = (key: string, origin: string) =>
  `AnalyticsBrowser.load({ writeKey: "${key}", cdnURL: "${origin}" })`;
const CONSENT = 'shirube("consent", true)';

/** From nothing to the first number: a tag, consent, the notice, and the wait for the first view. */
export function Setup({ ws, last, zone }: SetupProps) {
  const { t } = useLanguage();
  const moment = useMomentIn(zone);
  const keys = useWriteKeys(ws);
  const { make } = useWriteKeyActs(ws);
  const forbidden = keys.error instanceof ApiError && keys.error.status === 403;
  const key = keys.data?.keys.find((one) => one.kind === "browser");
  const { origin } = location;
  const notice = `${origin}/v1/projects/${key?.key}/notice`;
  return (
    <div className={styles.setup}>
      <div className={styles.head}>
        <h2>{t(last === null ? "setup.title" : "report.tab.setup")}</h2>
        <p className="quiet">{t("setup.line")}</p>
      </div>
      {last === null ? (
        <output className={styles.waiting}>
          <i aria-hidden="true" />
          <span>
            <b>{t("setup.waiting")}</b> {t("setup.waiting.line")}
          </span>
        </output>
      ) : (
        <p className={styles.coming}>
          {t("setup.coming", { time: moment(last) })}
          <Link
            to="/w/$ws/measure/now"
            params={{ ws }}
            search
            className={buttonClass("text", true)}
          >
            {t("setup.now")}
          </Link>
        </p>
      )}
      <IntakeLine ws={ws} />
      {keys.isPending && (
        <>
          <Loading />
          <Skeleton height={140} />
          <Skeleton height={140} />
        </>
      )}
      {forbidden && <Notice kind="info">{t("setup.forbidden")}</Notice>}
      {keys.error && !forbidden && <Failed error={keys.error} retry={() => void keys.refetch()} />}
      {keys.data && !key && (
        <Card>
          <h3>{t("setup.key")}</h3>
          <p className={styles.line}>{t("setup.key.line")}</p>
          {make.error && (
            <Notice kind="bad">
              {make.error instanceof ApiError ? make.error.message : t("kit.failed")}
            </Notice>
          )}
          <Button
            kind="primary"
            disabled={make.isPending}
            onClick={() => make.mutate({ kind: "browser", name: t("setup.key.name") })}
          >
            {t("setup.key.make")}
          </Button>
        </Card>
      )}
      {key && (
        <ol className={styles.steps}>
          <li>
            <Card>
              <h3>{t("setup.tag")}</h3>
              <p className={styles.line}>{t("setup.tag.line")}</p>
              <Copyable text={snippet(key, origin)} label={t("setup.tag")} />
            </Card>
          </li>
          <li>
            <Card>
              <h3>{t("setup.notice")}</h3>
              <p className={styles.line}>{t("setup.notice.line")}</p>
              <Copyable text={notice} label={t("setup.notice")} />
              <p className={styles.after}>
                <a
                  className={buttonClass("text", true)}
                  href={notice}
                  target="_blank"
                  rel="noreferrer"
                >
                  {t("setup.notice.see")}
                </a>
              </p>
            </Card>
          </li>
          <li>
            <Card>
              <h3>
                {t("setup.consent")} <span className="quiet">{t("kit.optional")}</span>
              </h3>
              <p className={styles.line}>{t("setup.consent.line")}</p>
              <Copyable text={CONSENT} label={t("setup.consent")} />
            </Card>
          </li>
          <li>
            <Card>
              <h3>
                {t("setup.sdk")} <span className="quiet">{t("kit.optional")}</span>
              </h3>
              <p className={styles.line}>{t("setup.sdk.line", { host: origin })}</p>
              <Copyable text={SDK(key.key, origin)} label={t("setup.sdk")} />
            </Card>
          </li>
        </ol>
      )}
    </div>
  );
}
