import { Page } from "../frame/Page.tsx";
import { Topline } from "../frame/Topline.tsx";
import { useLanguage } from "../i18n/LanguageProvider.tsx";

export function ViewPage() {
  const { t } = useLanguage();
  return (
    <>
      <Topline title={t("frame.map")} />
      <Page>{null}</Page>
    </>
  );
}
