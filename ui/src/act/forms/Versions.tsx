import { useState } from "react";
import {
  type Form,
  type FormVersion,
  useFormPreview,
  useFormVersions,
} from "../../api/useForms.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button } from "../../kit/Button.tsx";
import { Card } from "../../kit/Card.tsx";
import { ChipButton } from "../../kit/Chip.tsx";
import { Dialog } from "../../kit/Dialog.tsx";
import { Failed } from "../../kit/EmptyState.tsx";
import { Loading, Skeleton } from "../../kit/Skeleton.tsx";
import { useToast } from "../../kit/Toast.tsx";
import styles from "./forms.module.css";
import { Page } from "./Preview.tsx";
import { langOf, otherLang } from "./wording.ts";

interface VersionsProps {
  ws: string;
  form: Form;
  onUse: (version: FormVersion) => void;
}

/** Every version: what people agreed to is what they saw then. */
export function Versions({ ws, form, onUse }: VersionsProps) {
  const { t, f } = useLanguage();
  const say = useToast();
  const versions = useFormVersions(ws, form.id);
  const [shown, setShown] = useState<FormVersion | null>(null);
  if (versions.error)
    return <Failed error={versions.error} retry={() => void versions.refetch()} />;
  function use(one: FormVersion) {
    onUse(one);
    say({ text: t("forms.versions.used", { version: one.version }) });
  }
  return (
    <div className={styles.stack}>
      <p className="quiet">{t("forms.versions.line")}</p>
      {versions.isPending && (
        <>
          <Loading />
          <Skeleton height={120} />
        </>
      )}
      {versions.data && (
        <Card flush>
          <ul className={styles.versions}>
            {versions.data.versions.map((one) => (
              <li key={one.version}>
                <span>
                  <b>{t("forms.versions.number", { version: one.version })}</b>
                  {one.version === form.version && (
                    <span className={styles.nowVersion}>{t("forms.versions.now")}</span>
                  )}
                  <br />
                  <span className="quiet">
                    {f.facts(
                      [one.author, f.time(new Date(one.created_at).toISOString())].filter(Boolean),
                    )}
                  </span>
                </span>
                <span className={styles.buttons}>
                  <Button small onClick={() => setShown(one)}>
                    {t("forms.versions.show")}
                  </Button>
                  {form.may_edit && one.version !== form.version && (
                    <Button small onClick={() => use(one)}>
                      {t("forms.versions.use")}
                    </Button>
                  )}
                </span>
              </li>
            ))}
          </ul>
        </Card>
      )}
      {shown?.definition && (
        <Dialog
          wide
          title={t("forms.versions.number", { version: shown.version })}
          onClose={() => setShown(null)}
        >
          <Shown ws={ws} definition={shown.definition} />
        </Dialog>
      )}
    </div>
  );
}

function Shown({
  ws,
  definition,
}: {
  ws: string;
  definition: NonNullable<FormVersion["definition"]>;
}) {
  const { t } = useLanguage();
  const [read, setRead] = useState(langOf(definition));
  const drawn = useFormPreview(ws, definition, read).data;
  return (
    <>
      {definition.other && (
        <div className={styles.chips}>
          {[langOf(definition), otherLang(definition)].map((one) => (
            <ChipButton
              key={one}
              on={one === read}
              aria-pressed={one === read}
              onClick={() => setRead(one)}
            >
              {t(`forms.lang.${one}`)}
            </ChipButton>
          ))}
        </div>
      )}
      <Page html={drawn?.form ?? ""} label={t("forms.preview.frame")} />
    </>
  );
}
