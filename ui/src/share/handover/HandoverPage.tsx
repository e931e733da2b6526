import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { useSelfCheck } from "../../api/useHandover.ts";
import { useWorkspaces } from "../../api/useWorkspaces.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button } from "../../kit/Button.tsx";
import { Failed } from "../../kit/EmptyState.tsx";
import { Loading, Skeleton } from "../../kit/Skeleton.tsx";
import { CheckForm } from "./CheckForm.tsx";
import { CheckResult } from "./CheckResult.tsx";
import styles from "./handover.module.css";
import { Pack } from "./Pack.tsx";

const route = getRouteApi("/framed/w/$ws/share/handover");

/** 引き継ぎ: what to take on oneself, what to hand over, and the pack for whoever gets it. */
export function HandoverPage() {
  const { ws } = route.useParams();
  const { t, f } = useLanguage();
  const check = useSelfCheck(ws);
  const { data: workspaces } = useWorkspaces();
  const [answering, setAnswering] = useState(false);
  const here = workspaces?.workspaces.find((one) => one.slug === ws);
  const hands = here?.export === true && (here.role === "owner" || here.role === "editor");
  const { data } = check;
  const form = answering || data?.mine === null;
  return (
    <div className={styles.stack}>
      <section>
        <div className={styles.head}>
          <div>
            <h2>{t("handover.check")}</h2>
            <p className="quiet">{t("handover.check.line")}</p>
          </div>
          {data && !form && (
            <Button onClick={() => setAnswering(true)}>{t("handover.check.again")}</Button>
          )}
        </div>
        {check.error && <Failed error={check.error} retry={() => void check.refetch()} />}
        {check.isPending && (
          <>
            <Loading />
            <Skeleton height={420} />
          </>
        )}
        {data && form && <CheckForm ws={ws} check={data} onDone={() => setAnswering(false)} />}
        {data && data.people.length > 0 && (
          <>
            <CheckResult result={data.result} />
            <p className={`quiet ${styles.small}`}>
              {t("handover.check.by", { names: f.list(data.people) })}
            </p>
          </>
        )}
      </section>
      {/* It would be pushed down by the answers above it. */}
      {!check.isPending && <Pack ws={ws} hands={hands} />}
    </div>
  );
}
