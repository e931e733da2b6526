import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { useForms } from "../../api/useForms.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button } from "../../kit/Button.tsx";
import { Card } from "../../kit/Card.tsx";
import { EmptyState, Failed } from "../../kit/EmptyState.tsx";
import { Loading, Skeleton } from "../../kit/Skeleton.tsx";
import { FormRow } from "./FormRow.tsx";
import styles from "./forms.module.css";
import { NewForm } from "./NewForm.tsx";

const route = getRouteApi("/framed/w/$ws/act");

/** Every form and survey: what came in lately, and the scores with their range. */
export function FormsPage() {
  const { ws } = route.useParams();
  const { t, f } = useLanguage();
  const forms = useForms(ws);
  const [making, setMaking] = useState(false);
  const list = forms.data?.forms ?? [];
  const recent = list.reduce((sum, one) => sum + one.recent.reduce((a, b) => a + b, 0), 0);
  const make = forms.data?.may_edit && (
    <Button kind="primary" icon="plus" onClick={() => setMaking(true)}>
      {t("forms.make")}
    </Button>
  );
  return (
    <div className={styles.stack}>
      {(forms.isPending || list.length > 0) && (
        <header className={styles.pageHead}>
          <div>
            <h1>
              {recent > 0 ? t("forms.title", { count: f.count(recent) }) : t("forms.title.none")}
            </h1>
            <p className="quiet">{t("forms.line")}</p>
          </div>
          {make}
        </header>
      )}
      {forms.error && <Failed error={forms.error} retry={() => void forms.refetch()} />}
      {forms.isPending && (
        <Card className={styles.skeletons}>
          <Loading />
          <Skeleton height={44} />
          <Skeleton height={44} />
          <Skeleton height={44} />
        </Card>
      )}
      {forms.data && list.length === 0 && (
        <EmptyState title={t("forms.empty")} line={t("forms.empty.line")}>
          {make}
        </EmptyState>
      )}
      {list.length > 0 && (
        <Card flush>
          <ul className={styles.rows}>
            {list.map((one) => (
              <FormRow key={one.id} ws={ws} form={one} />
            ))}
          </ul>
        </Card>
      )}
      {making && <NewForm ws={ws} onClose={() => setMaking(false)} />}
    </div>
  );
}
