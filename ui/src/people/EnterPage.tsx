import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useSignInByLink, useSignInLink } from "../api/useSignInLink.ts";
import { useLanguage } from "../i18n/LanguageProvider.tsx";
import { Button, buttonClass } from "../kit/Button.tsx";
import { Notice } from "../kit/Notice.tsx";
import { Loading, Skeleton } from "../kit/Skeleton.tsx";
import { Entry } from "./Entry.tsx";
import { takeToken } from "./linkToken.ts";
import styles from "./people.module.css";

const KEPT = "shirube.link";

/** Where the link of a mail leads: it shows whose sign-in it is, and signs in at a press. */
export function EnterPage() {
  const { t } = useLanguage();
  const [token] = useState(() => takeToken(KEPT));
  if (!token) return <Dead title={t("signin.enter.none")} line={t("signin.enter.none.line")} />;
  return <WithLink token={token} />;
}

function Dead({ title, line }: { title: string; line: string }) {
  const { t } = useLanguage();
  return (
    <Entry title={title} line={line}>
      <p className={styles.after}>
        <Link to="/signin" className={buttonClass("outline")}>
          {t("signin.enter.again")}
        </Link>
      </p>
    </Entry>
  );
}

function WithLink({ token }: { token: string }) {
  const { t } = useLanguage();
  const link = useSignInLink(token);
  const enter = useSignInByLink();
  const navigate = useNavigate();
  if (link.error) return <Dead title={t("signin.enter.dead")} line={link.error.message} />;
  if (!link.data)
    return (
      <Entry title="Shirube">
        <Loading />
        <Skeleton height={160} />
      </Entry>
    );
  const { name, email } = link.data;
  return (
    <Entry title={t("people.welcome.member", { name })} line={t("signin.enter.line", { email })}>
      {enter.error && (
        <div className={styles.problem}>
          <Notice kind="bad">{enter.error.message}</Notice>
        </div>
      )}
      <p className={styles.after}>
        <Button
          kind="primary"
          disabled={enter.isPending}
          onClick={() =>
            enter.mutate(token, {
              onSuccess: () => {
                sessionStorage.removeItem(KEPT);
                void navigate({ to: "/", replace: true });
              },
            })
          }
        >
          {t(enter.isPending ? "people.signIn.doing" : "people.signIn")}
        </Button>
      </p>
      <p className={`quiet ${styles.small} ${styles.after}`}>{t("signin.enter.not")}</p>
    </Entry>
  );
}
