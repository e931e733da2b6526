import { useState } from "react";
import type { Form } from "../../api/useForms.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button, IconButton } from "../../kit/Button.tsx";
import { Card } from "../../kit/Card.tsx";
import { Field } from "../../kit/Field.tsx";
import { Notice } from "../../kit/Notice.tsx";
import { useToast } from "../../kit/Toast.tsx";
import { siteOf } from "./draft.ts";
import styles from "./forms.module.css";
import type { Draft } from "./useDraft.ts";

/** Where a form stands: its own page, and the pages of sites that may show it. */
export function Places({ form, draft, may }: { form: Form; draft: Draft; may: boolean }) {
  const { t } = useLanguage();
  return (
    <div className={styles.stack}>
      {!form.open && <Notice kind="info">{t("forms.place.closed")}</Notice>}
      <div className={styles.places}>
        <Card className={styles.part}>
          <h2>{t("forms.place.hosted")}</h2>
          <p className="quiet">{t("forms.place.hosted.line")}</p>
          <Copy text={form.address} label={t("forms.place.hosted")} />
          <p>
            <a href={form.address} target="_blank" rel="noopener" className={styles.link}>
              {t("forms.place.open")}
            </a>
          </p>
        </Card>
        <Sites draft={draft} may={may} />
        <Card className={styles.part}>
          <h2>{t("forms.place.script")}</h2>
          <p className="quiet">{t("forms.place.script.line")}</p>
          <Copy text={form.embed} label={t("forms.place.script")} />
        </Card>
        <Card className={styles.part}>
          <h2>{t("forms.place.frame")}</h2>
          <p className="quiet">{t("forms.place.frame.line")}</p>
          <Copy text={form.frame} label={t("forms.place.frame")} />
        </Card>
      </div>
      {form.definition?.other && <p className="quiet">{t("forms.place.lang")}</p>}
      <p className="quiet">{t("forms.place.event", { event: form.event })}</p>
    </div>
  );
}

function Sites({ draft, may }: { draft: Draft; may: boolean }) {
  const { t } = useLanguage();
  const [typed, setTyped] = useState("");
  const sites = draft.definition.sites ?? [];
  const set = (next: string[]) => draft.change({ ...draft.definition, sites: next });
  const site = siteOf(typed);
  return (
    <Card className={styles.part}>
      <h2>{t("forms.place.sites")}</h2>
      <p className="quiet">{t("forms.place.sites.line")}</p>
      {sites.length === 0 ? (
        <p>{t("forms.place.sites.none")}</p>
      ) : (
        <ul className={styles.sites}>
          {sites.map((one, at) => (
            <li key={one}>
              <span>{one}</span>
              {may && (
                <IconButton
                  icon="close"
                  bare
                  label={t("forms.place.site.drop", { site: one })}
                  onClick={() => set(sites.filter((_, i) => i !== at))}
                />
              )}
              {draft.problems[`sites.${at}`] && (
                <p className="bad">{draft.problems[`sites.${at}`]}</p>
              )}
            </li>
          ))}
        </ul>
      )}
      {may && (
        <form
          className={styles.addSite}
          onSubmit={(event) => {
            event.preventDefault();
            if (!site) return;
            if (!sites.includes(site)) set([...sites, site]);
            setTyped("");
          }}
        >
          <Field
            label={t("forms.place.site")}
            placeholder="www.example.jp"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
          <Button type="submit" disabled={!site}>
            {t("forms.place.site.add")}
          </Button>
        </form>
      )}
    </Card>
  );
}

function Copy({ text, label }: { text: string; label: string }) {
  const { t } = useLanguage();
  const say = useToast();
  async function copy() {
    try {
      await navigator.clipboard.writeText(text);
      say({ text: t("forms.place.copied") });
    } catch {
      say({ text: t("forms.place.copy.failed") });
    }
  }
  return (
    <div className={styles.copy}>
      <code>{text}</code>
      <Button
        small
        icon="copy"
        aria-label={`${t("forms.place.copy")}: ${label}`}
        onClick={() => void copy()}
      >
        {t("forms.place.copy")}
      </Button>
    </div>
  );
}
