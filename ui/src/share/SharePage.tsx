import { Page } from "../frame/Page.tsx";
import { Topline } from "../frame/Topline.tsx";
import { useLanguage } from "../i18n/LanguageProvider.tsx";

export function SharePage() {
  const { t } = useLanguage();
  return (
    <>
      <Topline title={t("frame.share")} />
      <Page>{null}</Page>
    </>
  );
}
